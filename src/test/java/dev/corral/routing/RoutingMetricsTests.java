package dev.corral.routing;

import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingMetricsTests {

	private final RoutingCounters counters = new RoutingCounters();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void tellsWhatThePoolsHaveDone() {
		new RoutingMetrics(Routers.workers(), counters).bindTo(registry);

		counters.picked(Pick.Reason.PREFIX);
		counters.moved(RoutingCounters.Move.STALLED);
		counters.waitBegun();
		counters.waitBegun();
		counters.waited(RoutingCounters.Wait.FAILED);
		counters.prompt(7, 5, 3);

		assertThat(registry.get("corral.routing.picks").tag("reason", "prefix").functionCounter().count()).isOne();
		assertThat(registry.get("corral.routing.picks").tag("reason", "hash").functionCounter().count()).isZero();
		assertThat(registry.get("corral.routing.failovers").tag("reason", "stalled").functionCounter().count())
				.isOne();
		assertThat(registry.get("corral.routing.waits").tag("outcome", "failed").functionCounter().count()).isOne();
		assertThat(registry.get("corral.routing.waits").tag("outcome", "recovered").functionCounter().count())
				.isZero();
		assertThat(registry.get("corral.routing.waiting").gauge().value()).isOne();
		assertThat(registry.get("corral.routing.prompt").functionCounter().count()).isEqualTo(7);
		assertThat(registry.get("corral.routing.predicted").functionCounter().count()).isEqualTo(5);
		assertThat(registry.get("corral.routing.cached").functionCounter().count()).isEqualTo(3);
		assertThat(registry.get("corral.routing.circuits.open").gauge().value()).isZero();
	}

}
