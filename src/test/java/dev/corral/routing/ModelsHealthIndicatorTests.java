package dev.corral.routing;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.corral.inference.EngineLoad;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModel.State;

import static org.assertj.core.api.Assertions.assertThat;

class ModelsHealthIndicatorTests {

	private final FakeEngine engine = new FakeEngine("ready", 64);

	@Test
	void isUpWithTheLoadOfEachModelWhenAllAreReady() {
		engine.load(new EngineLoad(2, 3, 4));

		var health = health(FakeServedModel.ready(engine));

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsExactly(
				Map.entry("ready", Map.of("state", State.READY, "running", 2, "waiting", 3, "sequences", 4)));
	}

	@Test
	void isOutOfServiceWhileAModelLoads() {
		var health = health(FakeServedModel.ready(engine), FakeServedModel.loading("slow"));

		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails()).containsEntry("slow", Map.of("state", State.LOADING));
	}

	@Test
	void isDownWhenAModelFailedAndKeepsTheReasonToTheLog() {
		var health = health(FakeServedModel.loading("slow"), FakeServedModel.failed("broken"));

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("broken", Map.of("state", State.FAILED));
	}

	@Test
	void isDownWhenAnEngineHasDied() {
		engine.close();

		var health = health(FakeServedModel.ready(engine));

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().get("ready")).asString().contains("state=FAILED");
	}

	private static Health health(ServedModel... models) {
		return new ModelsHealthIndicator(() -> List.of(models)).health();
	}

}
