package dev.corral.routing;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class EngineMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void tellsTheLoadOfEachModel() {
		var engine = new FakeEngine("ready", 64);
		var models = List.of(FakeServedModel.ready(engine), FakeServedModel.loading("slow"));
		new EngineMetrics(List.of(() -> models)).bindTo(registry);

		engine.load(new EngineLoad(2, 3, 4));

		assertThat(gauge("corral.engine.sequences.running", "ready")).isEqualTo(2);
		assertThat(gauge("corral.engine.requests.waiting", "ready")).isEqualTo(3);
		assertThat(gauge("corral.engine.sequences.running", "slow")).isZero();
	}

	private double gauge(String name, String model) {
		return registry.get(name).tag("model", model).gauge().value();
	}

}
