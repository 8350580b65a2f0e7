package dev.corral.openai;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

import dev.corral.RealApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** The real vocabulary, on a server of a single model, which need not be named. */
class TextRoutesOnCriaIntegrationTests extends RealApplication {

	private static final String QUESTION = "\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]";

	@Test
	void turnsTokensBackIntoTheText() {
		var tokens = post("/tokenize", "{\"content\":\"Grüße, 世界 \uD83D\uDC11\"}");

		assertThat(post("/detokenize", tokens)).contains("\"content\":\" Grüße, 世界 \uD83D\uDC11\"");
	}

	@Test
	void takesNamesOfControlTokensForTextUnlessTold() {
		assertThat(post("/tokenize", "{\"content\":\"</s>\"}")).doesNotContain("[2]");
		assertThat(post("/tokenize", "{\"content\":\"</s>\",\"parse_special\":true,\"with_pieces\":true}"))
				.isEqualTo("{\"tokens\":[{\"id\":2,\"piece\":\"</s>\"}]}");
	}

	@Test
	void countsTheTokensThatTheModelReads() {
		var counted = post("/v1/chat/completions/input_tokens", "{%s}".formatted(QUESTION));
		var completion = post("/v1/chat/completions",
				"{\"model\":\"cria\",\"max_tokens\":1,%s}".formatted(QUESTION));

		var read = completion.replaceAll(".*\"prompt_tokens\":(\\d+).*", "$1");
		assertThat(counted).isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":%s}".formatted(read));
	}

	@Test
	void writesThePromptOfTheFamily() {
		assertThat(post("/apply-template", "{%s}".formatted(QUESTION)))
				.endsWith("USER: What is the capital of France? ASSISTANT:\"}");
	}

	@Test
	void goesOnWhereAReplyWasCutOff() {
		var whole = content(post("/v1/chat/completions",
				"{\"model\":\"cria\",\"temperature\":0,\"max_tokens\":16,%s}".formatted(QUESTION)));
		var beginning = whole.substring(0, whole.indexOf(' ', 4));

		var rest = content(post("/v1/chat/completions",
				"{\"model\":\"cria\",\"temperature\":0,\"max_tokens\":16,\"continue_final_message\":true,%s}"
						.formatted(QUESTION.replace("}]",
								"},{\"role\":\"assistant\",\"content\":\"%s\"}]".formatted(beginning)))));

		assertThat(beginning + rest).startsWith(whole);
	}

	private static String content(String completion) {
		return completion.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1");
	}

	private String post(String path, String body) {
		return Objects.requireNonNull(client().post()
				.uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange().expectStatus().isOk()
				.expectBody(String.class).returnResult().getResponseBody());
	}

}
