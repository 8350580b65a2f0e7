package dev.corral.openai;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.http.MediaType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;

import dev.corral.RealApplication;
import dev.corral.web.Json;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Completions, embeddings and the description of the real model, for clients written for OpenAI. */
class TextsIntegrationTests extends RealApplication {

	private static final String QUESTION = "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions. USER: What is the capital of France? ASSISTANT:";

	private static final List<String> TEXTS = List.of("What is the capital of France?",
			"Which city is the capital of Italy?", "Hello");

	private OpenAIClient client;

	@BeforeEach
	void connect() {
		client = OpenAIOkHttpClient.builder().baseUrl(baseUrl()).apiKey("none").maxRetries(0).build();
	}

	@Test
	void continuesATextForTheOfficialClient() {
		var completion = client.completions().create(params().prompt(QUESTION).build()).validate();

		assertThat(completion.choices().getFirst().text()).contains("Paris");
		assertThat(completion.choices().getFirst().finishReason().asString()).isEqualTo("stop");
		assertThat(completion.usage()).hasValueSatisfying(usage -> assertThat(usage.promptTokens()).isGreaterThan(30));
	}

	@Test
	void streamsAContinuationToTheOfficialClient() {
		var pieces = List.<Completion>of();
		try (var stream = client.completions().createStreaming(params().prompt(QUESTION).build())) {
			pieces = stream.stream().toList();
		}

		assertThat(String.join("", pieces.stream().map(piece -> piece.choices().getFirst().text()).toList()))
				.contains("Paris");
		assertThat(pieces).hasSizeGreaterThan(2);
	}

	@Test
	void tellsTheOfficialClientHowLikelyTokensWere() {
		// Its validation takes no null, which the first place has in OpenAI's own answers too.
		var completion = client.completions().create(params().prompt(QUESTION).echo(true).logprobs(2).build());

		var logprobs = completion.choices().getFirst().logprobs().orElseThrow();
		int tokens = logprobs.tokens().orElseThrow().size();
		var usage = completion.usage().orElseThrow();
		assertThat((long) tokens).isEqualTo(usage.promptTokens() + usage.completionTokens());
		assertThat(logprobs.textOffset().orElseThrow()).hasSize(tokens).isSorted();
		assertThat(logprobs.topLogprobs().orElseThrow()).hasSize(tokens);
	}

	/**
	 * The request of lm-evaluation-harness for the log-likelihood of a continuation, with the tokens of context and continuation; it
	 * reads all places after the context but the last.
	 */
	@Test
	void scoresARightAnswerAboveAWrongOne() {
		double right = logLikelihood(" The capital of France is Paris.");
		double wrong = logLikelihood(" The capital of France is Rome.");

		assertThat(right).isGreaterThan(wrong).isNegative();
	}

	@Test
	void goesOnWithACompletionFromItsFirstTokens() {
		var prompt = ids(QUESTION);
		var whole = continued(prompt, 0);
		var tokens = whole.at("/choices/0/token_ids").valueStream().map(JsonNode::intValue).toList();

		var rest = continued(Stream.concat(prompt.stream(), tokens.subList(0, 4).stream()).toList(), 4);

		assertThat(rest.at("/choices/0/token_ids").valueStream().map(JsonNode::intValue))
				.containsExactlyElementsOf(tokens.subList(4, tokens.size()));
		assertThat(whole.at("/choices/0/text").stringValue()).contains("Paris")
				.endsWith(rest.at("/choices/0/text").stringValue());
		assertThat(rest.at("/usage/prompt_tokens")).isEqualTo(whole.at("/usage/prompt_tokens"));
		assertThat(rest.at("/usage/completion_tokens")).isEqualTo(whole.at("/usage/completion_tokens"));
	}

	private JsonNode continued(List<Integer> prompt, int resumed) {
		return post("/v1/completions", Json.write(Map.of("model", "cria", "prompt", prompt, "temperature", 0,
				"return_token_ids", true, "resumed_tokens", resumed)));
	}

	private double logLikelihood(String continuation) {
		var context = ids(QUESTION);
		var whole = ids(QUESTION + continuation);
		var body = post("/v1/completions",
				"{\"model\":\"cria\",\"prompt\":[%s],\"temperature\":0,\"max_tokens\":1,\"logprobs\":1,\"seed\":1234,\"echo\":true}"
						.formatted(whole));
		var logprobs = body.get("choices").get(0).get("logprobs");
		var tokens = logprobs.get("token_logprobs");
		assertThat(tokens.size()).isEqualTo(whole.size() + 1);
		assertThat(tokens.get(0).isNull()).isTrue();
		double sum = 0;
		for (int i = context.size(); i < tokens.size() - 1; i++) {
			var likeliest = logprobs.get("top_logprobs").get(i).valueStream().mapToDouble(JsonNode::doubleValue).max()
					.orElseThrow();
			assertThat(tokens.get(i).doubleValue()).isLessThanOrEqualTo(likeliest);
			sum += tokens.get(i).doubleValue();
		}
		return sum;
	}

	private List<Integer> ids(String text) {
		var body = post("/v1/completions", Json.write(
				Map.of("model", "cria", "prompt", text, "max_tokens", 0, "echo", true, "return_token_ids",
						true)));
		return body.get("choices").get(0).get("prompt_token_ids").valueStream().map(JsonNode::intValue).toList();
	}

	@Test
	void embedsTextsForEveryClient() {
		var official = client.embeddings()
				.create(EmbeddingCreateParams.builder().model(MODEL).inputOfArrayOfStrings(TEXTS).build()).validate()
				.data().stream().map(entry -> floats(entry.embedding())).toList();
		var langChain = OpenAiEmbeddingModel.builder().baseUrl(baseUrl()).apiKey("none").modelName(MODEL).build()
				.embedAll(TEXTS.stream().map(TextSegment::from).toList()).content().stream()
				.map(embedding -> embedding.vector()).toList();
		var springAi = org.springframework.ai.openai.OpenAiEmbeddingModel.builder()
				.options(OpenAiEmbeddingOptions.builder().baseUrl(baseUrl()).apiKey("none").model(MODEL).build())
				.build()
				.embed(TEXTS);

		assertThat(official).hasSize(3);
		for (int i = 0; i < 3; i++) {
			assertThat(langChain.get(i)).containsExactly(official.get(i), within(1e-3f));
			assertThat(springAi.get(i)).containsExactly(official.get(i), within(1e-3f));
		}
		assertThat(cosine(official.get(0), official.get(1))).isGreaterThan(cosine(official.get(0), official.get(2)));
	}

	@Test
	void describesItsModel() {
		var body = client().get().uri("/v1/models/cria").exchange()
				.expectStatus().isOk().expectBody();

		body.jsonPath("$.owned_by").isEqualTo("corral").jsonPath("$.context_length").isEqualTo(2048)
				.jsonPath("$.max_model_len").isEqualTo(2048).jsonPath("$.architecture").isEqualTo("llama")
				.jsonPath("$.quantization").isEqualTo("Q8_0").jsonPath("$.license").isEqualTo("apache-2.0")
				.jsonPath("$.parameters").value(Integer.class, weights -> assertThat(weights).isGreaterThan(3_000_000))
				.jsonPath("$.size").value(Integer.class, bytes -> assertThat(bytes).isGreaterThan(3_000_000))
				.jsonPath("$.family").isNotEmpty().jsonPath("$.state").isEqualTo("ready");
	}

	private CompletionCreateParams.Builder params() {
		return CompletionCreateParams.builder().model(MODEL).temperature(0.0).maxTokens(60);
	}

	private JsonNode post(String path, String body) {
		var answer = client().post().uri(path)
				.contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange().expectStatus().isOk()
				.expectBody(byte[].class).returnResult().getResponseBody();
		return Json.read(Objects.requireNonNull(answer));
	}

	private String baseUrl() {
		return "http://localhost:%d/v1".formatted(port);
	}

	private static float[] floats(List<Float> numbers) {
		var vector = new float[numbers.size()];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = numbers.get(i);
		}
		return vector;
	}

	private static double cosine(float[] one, float[] other) {
		var products = new double[one.length];
		Arrays.setAll(products, i -> (double) one[i] * other[i]);
		return Arrays.stream(products).sum();
	}

}
