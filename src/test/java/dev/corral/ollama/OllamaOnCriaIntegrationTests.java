package dev.corral.ollama;

import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.corral.RealApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** The real model answers over Ollama's API. */
class OllamaOnCriaIntegrationTests extends RealApplication {

	private static final String OPTIONS = "\"options\":{\"temperature\":0,\"num_predict\":12}";

	@Test
	void answersTheSameStreamedAndInOnePiece() {
		var request = "{\"model\":\"cria\",\"prompt\":\"What is the capital of France?\"," + OPTIONS;

		var whole = post(request + ",\"stream\":false}");
		var lines = post(request + "}");

		assertThat(response(whole)).isNotBlank();
		assertThat(String.join("", lines.lines().map(OllamaOnCriaIntegrationTests::response).toList()))
				.isEqualTo(response(whole));
		assertThat(whole).containsPattern("\"prompt_eval_duration\":[1-9]").containsPattern("\"eval_duration\":[1-9]");
	}

	@Test
	void holdsAReplyToItsFormat() {
		var whole = post("{\"model\":\"cria\",\"prompt\":\"hi\",\"stream\":false,\"format\":{\"enum\":[17]}}");

		// White space in front is within the format.
		assertThat(response(whole)).matches("(\\\\n)? *17");
	}

	/** The template of Vicuna written by hand, with the control token that ends a reply. */
	@Test
	void takesControlTokensOfARawPrompt() {
		var asked = post(
				"{\"model\":\"cria\",\"prompt\":\"What is the capital of France?\",\"stream\":false," + OPTIONS + "}");
		var system = "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions.";
		var raw = "{\"model\":\"cria\",\"raw\":true,\"stream\":false,\"prompt\":\"" + system
				+ " %sUSER: What is the capital of France? ASSISTANT:\"," + OPTIONS + "}";

		assertThat(response(post(raw.formatted(""))).strip()).isEqualTo(response(asked));
		assertThat(tokens(post(raw.formatted("USER: Hi ASSISTANT: Ho</s>"))))
				.isLessThan(tokens(post(raw.formatted("USER: Hi ASSISTANT: Ho< /s>"))));
	}

	private static int tokens(String line) {
		return Integer.parseInt(line.replaceAll(".*\"prompt_eval_count\":(\\d+).*", "$1"));
	}

	private static String response(String line) {
		return line.replaceAll(".*\"response\":\"([^\"]*)\".*", "$1");
	}

	private String post(String body) {
		return Objects.requireNonNull(client().post()
				.uri("/api/generate").bodyValue(body).exchange().expectStatus().isOk().expectBody(String.class)
				.returnResult().getResponseBody());
	}

}
