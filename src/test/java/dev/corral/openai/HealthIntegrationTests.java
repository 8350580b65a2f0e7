package dev.corral.openai;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import io.micrometer.core.instrument.MeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class HealthIntegrationTests extends HttpContract {

	@Autowired
	private MeterRegistry registry;

	@Test
	void isNotReadyWhileAModelIsMissingAndTellsWhich() {
		client.get().uri("/actuator/health/readiness").exchange().expectStatus().isEqualTo(503).expectBody()
				.jsonPath("$.components.models.details.llama.state").isEqualTo("READY")
				.jsonPath("$.components.models.details.llama.sequences").isEqualTo(4)
				.jsonPath("$.components.models.details.slow.state").isEqualTo("LOADING")
				.jsonPath("$.components.models.details['org/broken'].state").isEqualTo("FAILED");
	}

	@Test
	void isAliveWhateverItsModelsDo() {
		client.get().uri("/actuator/health/liveness").exchange().expectStatus().isOk();
	}

	@Test
	void tellsNoDetailsOfTheMachine() {
		client.get().uri("/actuator/health").exchange().expectStatus().isEqualTo(503).expectBody()
				.jsonPath("$.components").doesNotExist();
	}

	@Test
	void measuresTheLoadOfEachModel() {
		assertThat(registry.get("corral.engine.requests.waiting").tag("model", "llama").gauge().value()).isZero();
		assertThat(registry.get("corral.engine.sequences.running").gauges()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = {"env", "metrics", "beans", "heapdump", "loggers", "info", "configprops"})
	void exposesNothingButHealth(String endpoint) {
		client.get().uri("/actuator/" + endpoint).exchange().expectStatus().isNotFound();
	}

}
