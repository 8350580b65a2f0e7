package dev.corral.anthropic;

import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

import dev.corral.RealApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** The real model answers over the Messages API. */
class AnthropicOnCriaIntegrationTests extends RealApplication {

	private static final String QUESTION = "\"model\":\"cria\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]";

	@Test
	void answersTheSameStreamedAndInOnePiece() {
		var message = post("/v1/messages", "{%s,\"max_tokens\":12}".formatted(QUESTION));
		var stream = post("/v1/messages", "{%s,\"max_tokens\":12,\"stream\":true}".formatted(QUESTION));

		var text = message.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1");
		assertThat(text).isNotBlank();
		assertThat(String.join("",
				stream.lines().filter(line -> line.contains("text_delta"))
						.map(line -> line.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1")).toList()))
				.isEqualTo(text);
	}

	@Test
	void tellsWhichStopSequenceEndedTheReply() {
		var whole = post("/v1/messages", "{%s,\"max_tokens\":12}".formatted(QUESTION))
				.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1");
		var stop = whole.substring(whole.length() / 2);

		var message = post("/v1/messages",
				"{%s,\"max_tokens\":12,\"stop_sequences\":[\"never\",\"%s\"]}".formatted(QUESTION, stop));

		assertThat(message).contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"%s\"".formatted(stop));
	}

	@Test
	void countsTheTokensThatTheModelReads() {
		var count = post("/v1/messages/count_tokens", "{%s}".formatted(QUESTION));
		var message = post("/v1/messages", "{%s,\"max_tokens\":1}".formatted(QUESTION));

		int read = field(message, "input_tokens") + field(message, "cache_read_input_tokens");
		assertThat(count).isEqualTo("{\"input_tokens\":%d}".formatted(read));
	}

	private static int field(String json, String name) {
		return Integer.parseInt(json.replaceAll(".*\"%s\":(\\d+).*".formatted(name), "$1"));
	}

	private String post(String path, String body) {
		return Objects.requireNonNull(client().post().uri(path).contentType(MediaType.APPLICATION_JSON)
				.headers(headers -> headers.setAll(Map.of("anthropic-version", "2023-06-01", "x-api-key", "any")))
				.bodyValue(body).exchange().expectStatus().isOk().expectBody(String.class).returnResult()
				.getResponseBody());
	}

}
