package dev.corral.openai;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.corral.RealApplication;
import dev.corral.cli.randommodel.ModelShape;
import dev.corral.cli.randommodel.RandomModel;
import dev.corral.cli.randommodel.WeightType;
import io.micrometer.core.instrument.MeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that hang up, at every stage of a request. The model has one sequence and random weights; its replies and prompts take
 * several times as long as the tests wait for a sequence to become free, so that none becomes free by ending.
 */
class HangUpIntegrationTests extends RealApplication {

	private static final int CONTEXT_TOKENS = 32_768;

	private static final Duration WELL_BEFORE_THE_END = Duration.ofSeconds(5);

	private static final String LONG_REPLY = "{\"model\":\"endless\",\"ignore_eos\":true,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}";

	/** A call that must come, of one argument. */
	private static final String CALL = ",\"parallel_tool_calls\":false,\"tool_choice\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\","
			+ "\"parameters\":{\"properties\":{\"a\":{\"type\":\"string\",%s}},\"required\":[\"a\"],\"additionalProperties\":false}}}]";

	@TempDir
	static Path folder = Path.of("");

	@Autowired
	private MeterRegistry registry;

	@DynamicPropertySource
	static void serveAnEndlessModel(DynamicPropertyRegistry properties) throws IOException {
		var file = folder.resolve("endless.gguf");
		RandomModel.write(file, new ModelShape(4, 128, 4, 2, 256, 4000, CONTEXT_TOKENS, WeightType.Q4_0), 1);
		properties.add("corral.models.endless.file", file::toString);
		properties.add("corral.models.endless.context-tokens", () -> CONTEXT_TOKENS);
		properties.add("corral.models.endless.sequences", () -> 1);
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void freesTheSequenceOfAReplyThatIsBeingGenerated(boolean stream) throws IOException {
		try (var connection = post(stream, "hi", "")) {
			awaitLoad(1, 0);
			if (stream) {
				connection.readUntil("\"delta\":{\"content\"");
			}
		}

		awaitLoad(0, 0);
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void freesTheSequenceOfAPromptThatIsBeingRead(boolean stream) throws IOException {
		try (var _ = post(stream, "word ".repeat(CONTEXT_TOKENS / 8), "")) {
			awaitLoad(1, 0);
		}

		awaitLoad(0, 0);
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void forgetsARequestThatWaits(boolean stream) throws IOException {
		try (var running = post(true, "hi", "")) {
			running.readUntil("\"delta\":{\"content\"");
			try (var _ = post(stream, "me too", "")) {
				awaitLoad(1, 1);
			}

			awaitLoad(1, 0);
		}

		awaitLoad(0, 0);
	}

	@Test
	void freesAllChoicesOfARequest() throws IOException {
		try (var connection = post(true, "hi", ",\"n\":3")) {
			connection.readUntil("\"delta\":{\"content\"");
			awaitLoad(1, 2);
		}

		awaitLoad(0, 0);
	}

	@Test
	void freesTheSequenceOfAConstrainedReply() throws IOException {
		try (var connection = post(true, "hi", ",\"guided_regex\":\"[a-z]{10000}\"")) {
			connection.readUntil("\"delta\":{\"content\"");
			awaitLoad(1, 0);
		}

		awaitLoad(0, 0);
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void freesTheSequenceOfACallThatIsBeingGenerated(boolean stream) throws IOException {
		try (var connection = post(stream, "hi", CALL.formatted("\"minLength\":10000"))) {
			awaitLoad(1, 0);
			if (stream) {
				connection.readUntil("\"function\":{\"arguments\":\"");
			}
		}

		awaitLoad(0, 0);
		try (var next = post(false, "hi", CALL.formatted("\"enum\":[\"x\"]"))) {
			assertThat(
					next.readResponse().json().at("/choices/0/message/tool_calls/0/function/arguments").stringValue())
					.matches("\\{\\s*\"a\" ?:\\s*\"x\"\\s*}");
		}
		awaitLoad(0, 0);
	}

	@Test
	void startsNothingForARequestWhoseBodyNeverComesWhole() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send(
					"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"model\":");
		}

		try (var next = post(true, "hi", "")) {
			next.readUntil("\"delta\":{\"content\"");
			assertThat(gauge("corral.engine.requests.waiting")).isZero();
		}
		awaitLoad(0, 0);
	}

	private RawClient post(boolean stream, String content, String more) throws IOException {
		return RawClient.post(port, HttpContract.CHAT, LONG_REPLY.formatted(stream, content, more));
	}

	private void awaitLoad(int running, int waiting) {
		await().atMost(WELL_BEFORE_THE_END).pollInterval(Duration.ofMillis(5))
				.until(() -> gauge("corral.engine.sequences.running") == running
						&& gauge("corral.engine.requests.waiting") == waiting);
	}

	private int gauge(String name) {
		return (int) registry.get(name).tag("model", "endless").gauge().value();
	}

}
