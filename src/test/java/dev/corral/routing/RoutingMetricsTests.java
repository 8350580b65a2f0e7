package dev.corral.routing;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.inference.ServedModel;
import dev.corral.inference.Worker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import reactor.core.publisher.Mono;

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

	@Test
	void addsUpTheRestartsOfAllWorkers() {
		new RoutingMetrics(Routers.workers(() -> List.of(restarted(2), restarted(3))), counters).bindTo(registry);

		assertThat(registry.get("corral.routing.worker.restarts").functionCounter().count()).isEqualTo(5);
	}

	private static Worker restarted(int times) {
		return new Worker() {

			@Override
			public String name() {
				return "restarted";
			}

			@Override
			public Kind kind() {
				return Kind.PROCESS;
			}

			@Override
			public List<ServedModel> models() {
				return List.of();
			}

			@Override
			public Instant startedAt() {
				return Instant.EPOCH;
			}

			@Override
			public boolean draining() {
				return false;
			}

			@Override
			public Mono<Void> drain(boolean draining) {
				return Mono.empty();
			}

			@Override
			public int restarts() {
				return times;
			}

		};
	}

}
