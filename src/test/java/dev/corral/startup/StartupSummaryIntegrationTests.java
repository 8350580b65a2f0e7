package dev.corral.startup;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The log of a server that is ready has one block with what it serves. */
@TestPropertySource(properties = {"corral.engine.threads=1", "corral.store.url=h2:mem:${random.uuid}",
		"corral.access.keys.ada.key=ada's twenty random letters"})
@ExtendWith(OutputCaptureExtension.class)
class StartupSummaryIntegrationTests extends RealApplication {

	@Test
	void tellsOnceWhatServesWhom(CapturedOutput output) {
		await().atMost(Duration.ofSeconds(30)).until(() -> output.toString().contains("Corral is ready; role all"));

		assertThat(output.toString()).containsOnlyOnce("Corral is ready").containsPattern(
				"model cria: ready, .*Q8_0.*, window of \\d+ tokens, 8 sequences at once")
				.contains("runtime: llama.cpp ").contains("1 threads")
				.contains("http://127.0.0.1:" + port + " for programs on this machine, with an API key")
				.doesNotContain("ada's twenty");
	}

}
