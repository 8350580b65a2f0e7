package dev.corral.anthropic;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

import dev.corral.generation.ChatRequest;
import dev.corral.generation.ReplyEvent;
import dev.corral.generation.ReplyEvent.Generated;
import dev.corral.generation.ReplyEvent.ToolCallArguments;
import dev.corral.generation.ReplyEvent.ToolCallBegun;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.SamplingParameters;
import dev.corral.openai.HttpContract;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.web.Json;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class MessagesIntegrationTests extends HttpContract {

	private static final String PATH = "/v1/messages";

	private static final String HI = "{\"model\":\"llama\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

	@Test
	void answersInOnePiece() {
		var body = post(PATH, HI).expectStatus().isOk().expectHeader().exists("request-id").expectBody(String.class)
				.returnResult().getResponseBody();

		assertThat(body).matches(
				"\\{\"id\":\"msg_[0-9a-f]{32}\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"llama\",\"content\":\\[\\{\"type\":\"text\",\"text\":\"Hello you\"\\}\\],"
						+ "\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":\\{\"input_tokens\":2,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":5,\"output_tokens\":3\\}\\}");
		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:");
		assertThat(engine.requests().getLast().maxCompletionTokens()).isEqualTo(5);
	}

	@Test
	void streamsEventsUnderTheirNames() {
		var body = post(PATH, HI.replace("]}", "],\"stream\":true}")).expectStatus().isOk().expectHeader()
				.valueEquals("Content-Type", "text/event-stream").expectBody(String.class).returnResult()
				.getResponseBody();

		assertThat(Objects.requireNonNull(body).lines().filter(line -> line.startsWith("event: "))).containsExactly(
				"event: message_start", "event: content_block_start", "event: ping", "event: content_block_delta",
				"event: content_block_delta", "event: content_block_stop", "event: message_delta",
				"event: message_stop");
	}

	@Test
	void goesOnWithALastMessageOfTheAssistant() {
		engine.answer(FakeEngine.reply(" done"));

		post(PATH, HI.replace("}]", "},{\"role\":\"assistant\",\"content\":\"Well\"}]")).expectBody()
				.jsonPath("$.content[0].text").isEqualTo(" done");
		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:Well");
	}

	@Test
	void countsTokensWithoutGenerating() {
		post(PATH + "/count_tokens", HI.replace("\"max_tokens\":5,", "")).expectStatus().isOk()
				.expectBody(String.class).isEqualTo("{\"input_tokens\":19}");
		assertThat(engine.requests()).isEmpty();
	}

	@Test
	void answersWithCallsOfTools() {
		var events = Flux.<ReplyEvent>just(new Generated(FakeEngine.delta("Well")),
				new ToolCallBegun(0, "call_a", "weather"), new ToolCallArguments(0, "{\"city\": \"Ro"),
				new ToolCallArguments(0, "me\"}"), new ToolCallBegun(1, "call_b", "time"),
				new Generated(FakeEngine.finished(FinishReason.STOP)));
		var request = new MessagesRequest(new ChatRequest("llama", List.of(new Message(Role.USER, "hi")), null,
				SamplingParameters.DEFAULTS, List.of()), false);

		var message = Json.write(Objects.requireNonNull(WholeMessage.of(request, events).block()));

		assertThat(message).contains(
				"\"content\":[{\"type\":\"text\",\"text\":\"Well\"},{\"type\":\"tool_use\",\"id\":\"call_a\",\"name\":\"weather\",\"input\":{\"city\":\"Rome\"}},"
						+ "{\"type\":\"tool_use\",\"id\":\"call_b\",\"name\":\"time\",\"input\":{}}],\"stop_reason\":\"tool_use\"");
	}

	@ParameterizedTest
	@CsvSource({"'{\"model\":\"alpaca\",', 404, not_found_error", "'{\"model\":\"slow\",', 503, overloaded_error",
			"'{\"model\":5,', 400, invalid_request_error", "'{', 400, invalid_request_error"})
	void writesErrorsAsTheApiDoes(String start, int status, String type) {
		post(PATH, HI.replace("{\"model\":\"llama\",", start)).expectStatus().isEqualTo(status).expectHeader()
				.value("request-id", id -> assertThat(id).startsWith("req_")).expectBody().jsonPath("$.type")
				.isEqualTo("error").jsonPath("$.error.type").isEqualTo(type).jsonPath("$.error.message").isNotEmpty()
				.jsonPath("$.request_id").exists();
	}

	@Test
	void tellsLimitsApart() {
		engine.answer(Flux.error(new InferenceFailure.QueueFull(8)));

		post(PATH, HI).expectStatus().isEqualTo(429).expectHeader().valueEquals("Retry-After", "2").expectBody()
				.jsonPath("$.error.type").isEqualTo("rate_limit_error");
		post(PATH, HI.replace("hi", "x".repeat(1024 * 1024))).expectStatus().isEqualTo(413).expectBody()
				.jsonPath("$.error.type").isEqualTo("request_too_large");
		client.method(HttpMethod.GET).uri(PATH).exchange().expectStatus().isEqualTo(405).expectBody()
				.jsonPath("$.error.type").isEqualTo("invalid_request_error");
	}

}
