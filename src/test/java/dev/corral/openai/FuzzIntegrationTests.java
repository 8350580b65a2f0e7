package dev.corral.openai;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import dev.corral.inference.FakeEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Most malformed requests go to the fake engine, which makes them cheap. {@code corral.fuzz.seed} chooses them. */
// Some of the bodies make keys, which must not shut the others out.
@TestPropertySource(properties = {"corral.access.required=false", "corral.store.url=h2:mem:${random.uuid}"})
@ExtendWith(OutputCaptureExtension.class)
class FuzzIntegrationTests extends HttpContract {

	private static final Logger log = LoggerFactory.getLogger(FuzzIntegrationTests.class);

	private static final int REQUESTS = 9000;

	@Test
	void answersMalformedRequestsInTheEnvelopeAndGoesOn(CapturedOutput output) {
		long seed = Long.getLong("corral.fuzz.seed", 20261123);
		log.info("Fuzzing with -Dcorral.fuzz.seed={}", seed);
		engine.answer(_ -> FakeEngine.reply(" ok"));

		assertThat(new FuzzLoad(port, "llama", seed).complaints(REQUESTS)).isEmpty();
		assertThat(output).doesNotContain("500 Server Error", "Request req_");

		await().atMost(Duration.ofSeconds(10)).until(() -> engine.generating() == 0);
		post(HI).expectStatus().isOk();
	}

}
