package dev.corral.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import dev.corral.RealApplication;
import dev.corral.web.ApiDescription;
import dev.corral.web.Json;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the whole application answers has the form that {@code /openapi.json} describes, and no field more. */
class ConformanceIntegrationTests extends RealApplication {

	private static final String ASK = "\"messages\":[{\"role\":\"user\",\"content\":\"What is 3 + 4?\"}]";

	private static final String PERSON = "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":8},\"age\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":99}},\"required\":[\"name\",\"age\"],\"additionalProperties\":false}";

	@Autowired
	private ApiDescription description;

	/** Fields that change the form of the answer. */
	@ParameterizedTest
	@ValueSource(strings = {"", "\"return_token_ids\":true,", "\"n\":3,", "\"logprobs\":true,",
			"\"logprobs\":true,\"top_logprobs\":20,\"n\":2,",
			"\"max_tokens\":1,", "\"max_tokens\":3,\"logprobs\":true,\"top_logprobs\":0,",
			"\"stop\":[\"7\"],\"logprobs\":true,",
			"\"response_format\":{\"type\":\"json_object\"},\"max_tokens\":20,",
			"\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"person\",\"strict\":true,\"schema\":"
					+ PERSON + "}},",
			"\"user\":\"u\",\"seed\":3,\"metadata\":{\"a\":\"b\"},\"service_tier\":\"auto\",\"store\":false,"})
	void answersChatsInForm(String fields) throws IOException {
		var whole = post("/v1/chat/completions", "{\"model\":\"cria\"," + fields + ASK + "}");
		var chunks = post("/v1/chat/completions", "{\"model\":\"cria\",\"stream\":true," + fields + ASK + "}");
		var withUsage = post("/v1/chat/completions",
				"{\"model\":\"cria\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + fields + ASK
						+ "}");

		assertThat(whole.status()).isEqualTo(200);
		assertConforms(whole.body(), "ChatCompletion");
		assertThat(whole.json().path("choices"))
				.hasSize(fields.contains("\"n\":3") ? 3 : fields.contains("\"n\":2") ? 2 : 1);
		assertChunksConform(chunks, false);
		assertChunksConform(withUsage, true);
	}

	@Test
	void bestOfSeveralIsInForm() throws IOException {
		assertConforms(post("/v1/chat/completions", "{\"model\":\"cria\",\"best_of\":3,\"n\":2," + ASK + "}").body(),
				"ChatCompletion");
	}

	@Test
	void answersCallsOfToolsInForm() throws IOException {
		var tools = "\"tool_choice\":\"required\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"keep\",\"parameters\":"
				+ PERSON + "}}],";
		var whole = post("/v1/chat/completions", "{\"model\":\"cria\"," + tools + ASK + "}");

		assertConforms(whole.body(), "ChatCompletion");
		assertThat(whole.json().at("/choices/0/message/tool_calls/0/function/name").stringValue()).isEqualTo("keep");
		assertChunksConform(post("/v1/chat/completions", "{\"model\":\"cria\",\"stream\":true," + tools + ASK + "}"),
				false);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "\"echo\":true,\"logprobs\":2,", "\"n\":2,\"return_token_ids\":true,",
			"\"return_token_ids\":true,\"stop\":[\" \"],"})
	void completesTextsInForm(String fields) throws IOException {
		var body = "{\"model\":\"cria\",%s\"max_tokens\":5,\"prompt\":\"Once upon a time\",\"stream\":%s}";
		var stream = post("/v1/completions", body.formatted(fields, true));

		assertConforms(post("/v1/completions", body.formatted(fields, false)).body(), "TextCompletion");
		assertThat(stream.body()).endsWith("data: [DONE]\n\n");
		stream.body().lines().filter(line -> line.startsWith("data: {"))
				.forEach(line -> assertConforms(line.substring(6), "TextCompletion"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"float", "base64"})
	void embedsInForm(String encoding) throws IOException {
		assertConforms(post("/v1/embeddings",
				"{\"model\":\"cria\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"%s\"}".formatted(encoding)).body(),
				"EmbeddingList");
	}

	@Test
	void answersTokenRoutesInForm() throws IOException {
		assertConforms(post("/tokenize", "{\"content\":\"hello\",\"with_pieces\":true}").body(), "Tokens");
		assertConforms(post("/tokenize", "{\"prompt\":\"hello\"}").body(), "CountedTokens");
		assertConforms(post("/detokenize", "{\"tokens\":[300]}").body(), "DetokenizedText");
		assertConforms(post("/apply-template", "{" + ASK + "}").body(), "TemplatedPrompt");
		assertConforms(post("/v1/chat/completions/input_tokens", "{" + ASK + "}").body(), "InputTokens");
	}

	@Test
	void listsModelsInForm() throws IOException {
		assertConforms(get("/v1/models").body(), "ModelList");
		var model = get("/v1/models/cria").body();
		assertConforms(model, "Model");
		assertThat(model).contains("\"failure\":null,\"trained_context_length\":2048,\"default\":true");
	}

	@ParameterizedTest
	@ValueSource(strings = {"{", "{}", "[]", "{\"model\":\"none\"," + ASK + "}",
			"{\"model\":\"cria\",\"n\":99," + ASK + "}",
			"{\"model\":\"cria\",\"stream\":true,\"guided_regex\":\"(\"," + ASK + "}",
			"{\"model\":\"cria\",\"messages\":[]}"})
	void refusesInForm(String body) throws IOException {
		var refused = post("/v1/chat/completions", body);

		assertThat(refused.status()).isBetween(400, 499);
		assertConforms(refused.body(), "ErrorResponse");
	}

	@Test
	void refusesRoutesAndModelsInForm() throws IOException {
		assertConforms(get("/v1/nothing").body(), "ErrorResponse");
		assertConforms(get("/v1/models/none").body(), "ErrorResponse");
		assertConforms(get("/v1/completions").body(), "ErrorResponse");
	}

	/** The last chunk with choices ends the reply; with usage wanted, all chunks have the field and one more has the numbers. */
	private void assertChunksConform(RawClient.Response response, boolean usage) {
		assertThat(response.status()).isEqualTo(200);
		var frames = Arrays.stream(response.body().split("\n\n")).map(frame -> frame.substring("data: ".length()))
				.toList();
		assertThat(frames.getLast()).isEqualTo("[DONE]");
		var chunks = frames.subList(0, frames.size() - 1);
		chunks.forEach(chunk -> assertConforms(chunk, "ChatCompletionChunk"));
		var parsed = chunks.stream().map(chunk -> Json.read(chunk.getBytes(StandardCharsets.UTF_8))).toList();
		assertThat(parsed).allMatch(chunk -> chunk.has("usage") == usage);
		assertThat(parsed.stream().filter(chunk -> chunk.path("choices").isEmpty())).hasSize(usage ? 1 : 0);
		assertThat(parsed.stream().filter(chunk -> chunk.hasNonNull("usage"))).hasSize(usage ? 1 : 0);
		assertThat(parsed.stream().map(chunk -> chunk.path("id").stringValue()).distinct()).hasSize(1);
	}

	private void assertConforms(String json, String schema) {
		new ResponseSchemas(description.document()).assertConforms(json, schema);
	}

	private RawClient.Response post(String path, String body) throws IOException {
		try (var connection = RawClient.post(port, path, body)) {
			return connection.readResponse();
		}
	}

	private RawClient.Response get(String path) throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
			return connection.readResponse();
		}
	}

}
