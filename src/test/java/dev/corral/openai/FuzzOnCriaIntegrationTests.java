package dev.corral.openai;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;
import io.micrometer.core.instrument.MeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Malformed requests to the whole application: what gets through to the engine must not stay there. The context window is small, so that
 * replies without a limit end soon.
 */
@TestPropertySource(properties = {"corral.model-defaults.context-tokens=128", "corral.engine.threads=1"})
// Some of the bodies make keys, which must not shut the others out.
@TestPropertySource(properties = {"corral.access.required=false", "corral.store.url=h2:mem:${random.uuid}"})
@ExtendWith(OutputCaptureExtension.class)
class FuzzOnCriaIntegrationTests extends RealApplication {

	private static final Logger log = LoggerFactory.getLogger(FuzzOnCriaIntegrationTests.class);

	private static final int REQUESTS = 1000;

	@Autowired
	private MeterRegistry registry;

	@Test
	void answersMalformedRequestsInTheEnvelopeAndLeavesNothingBehind(CapturedOutput output) throws IOException {
		long seed = Long.getLong("corral.fuzz.seed", 20261123);
		log.info("Fuzzing with -Dcorral.fuzz.seed={}", seed);

		assertThat(new FuzzLoad(port, MODEL, seed).complaints(REQUESTS)).isEmpty();
		assertThat(output).doesNotContain(" ERROR ");

		await().atMost(Duration.ofSeconds(30)).until(
				() -> gauge("corral.engine.sequences.running") == 0 && gauge("corral.engine.requests.waiting") == 0);
		try (var connection = RawClient.post(port, HttpContract.CHAT, HttpContract.HI.replace("llama", MODEL))) {
			assertThat(connection.readResponse().status()).isEqualTo(200);
		}
	}

	private double gauge(String name) {
		return registry.get(name).tag("model", MODEL).gauge().value();
	}

}
