package dev.corral.openai;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.inference.Dry;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.Rest;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.Mirostat;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.OutputConstraint.Call;
import dev.corral.inference.OutputConstraint.Freedom;
import dev.corral.inference.OutputConstraint.Opening;
import dev.corral.inference.OutputConstraint.ToolCalls;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.Resumed;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Timings;
import dev.corral.inference.TokenLogprob;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;
import dev.corral.inference.Xtc;
import dev.corral.web.Json;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class TextCompletionsIntegrationTests extends HttpContract {

	private static final String PATH = "/v1/completions";

	@Test
	void answersInOnePiece() {
		var body = body("{\"model\":\"llama\",\"prompt\":\"hi\"}");

		assertThat(body).matches(
				"\\{\"id\":\"cmpl-[0-9a-f]{32}\",\"object\":\"text_completion\",\"created\":\\d{10},\"model\":\"llama\","
						+ "\"choices\":\\[\\{\"index\":0,\"text\":\" Hello you\",\"logprobs\":null,\"finish_reason\":\"stop\"\\}\\],"
						+ "\"usage\":\\{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10,"
						+ "\"prompt_tokens_details\":\\{\"cached_tokens\":5\\}\\}\\}");
		var request = engine.requests().getLast();
		assertThat(request.promptTokens()).containsExactly(1, (int) 'h', (int) 'i');
		assertThat(request.maxCompletionTokens()).isEqualTo(16);
		assertThat(request.sampling().temperature()).isEqualTo(1);
		assertThat(request.logprobs()).isNull();
		assertThat(request.promptLogprobs()).isNull();
	}

	@Test
	void takesTokenIdsAsTheyAreAndTextWithoutItsBeginIfToldSo() {
		json("{\"model\":\"llama\",\"prompt\":[104,105]}");
		assertThat(engine.requests().getLast().promptTokens()).containsExactly(104, 105);

		json("{\"model\":\"llama\",\"prompt\":\"hi\",\"add_special_tokens\":false}");
		assertThat(engine.requests().getLast().promptTokens()).containsExactly(104, 105);
	}

	@Test
	void numbersTheCompletionsOfABatchByPromptAndChoice() {
		engine.answer(request -> FakeEngine.reply("%s%s".formatted(engine.prompt(), request.sampling().seed())));

		var body = json("{\"model\":\"llama\",\"prompt\":[\"a\",[98],\"c\"],\"n\":2,\"seed\":40}");

		assertThat(texts(body)).containsExactly("a40", "a41", "b40", "b41", "c40", "c41");
		assertThat(body.get("choices").valueStream().map(choice -> choice.get("index").intValue()))
				.containsExactly(0, 1, 2, 3, 4, 5);
		assertThat(body.get("usage").get("prompt_tokens").intValue()).isEqualTo(21);
		assertThat(body.get("usage").get("completion_tokens").intValue()).isEqualTo(18);
		assertThat(body.get("usage").get("prompt_tokens_details").get("cached_tokens").intValue()).isEqualTo(15);
	}

	@Test
	void answersWithTheBestOfEachPrompt() {
		engine.answer(request -> {
			var seed = Objects.requireNonNull(request.sampling().seed());
			return Flux.concat(FakeEngine.begun(),
					Flux.just(FakeEngine.delta(engine.prompt() + seed, -1.0 / (1 + seed)),
							FakeEngine.finished(FinishReason.STOP)));
		});

		var body = json("{\"model\":\"llama\",\"prompt\":[\"a\",\"b\"],\"best_of\":3,\"n\":1,\"seed\":0}");

		assertThat(texts(body)).containsExactly("a2", "b2");
		assertThat(body.get("choices").get(0).get("logprobs").isNull()).isTrue();
		assertThat(body.get("usage").get("completion_tokens").intValue()).isEqualTo(18);
	}

	/** The request of lm-evaluation-harness (lm_eval/models/openai_completions.py) for log-likelihoods. */
	@Test
	void tellsHowLikelyAGivenTextIs() {
		var prompt = List.of(logprob("b", -0.5, "b"), logprob("c", -3, "x"));
		engine.answer(Flux.just(new Admitted(), new PromptProcessed(3, 0, prompt), FakeEngine.delta("d", -0.25),
				new Finished(FinishReason.LENGTH, FakeEngine.USAGE, Timings.NONE)));

		var body = json(
				"{\"model\":\"llama\",\"prompt\":[[97,98,99]],\"temperature\":0,\"max_tokens\":1,\"logprobs\":1,"
						+ "\"seed\":1234,\"echo\":true}");

		var choice = body.get("choices").get(0);
		assertThat(choice.get("text").stringValue()).isEqualTo("abcd");
		var logprobs = choice.get("logprobs");
		assertThat(logprobs.get("tokens").toString()).isEqualTo("[\"a\",\"b\",\"c\",\"d\"]");
		assertThat(logprobs.get("token_logprobs").toString()).isEqualTo("[null,-0.5,-3.0,-0.25]");
		assertThat(logprobs.get("text_offset").toString()).isEqualTo("[0,1,2,3]");
		assertThat(logprobs.get("top_logprobs").toString()).isEqualTo(
				"[null,{\"b\":-0.5},{\"x\":-0.125,\"c\":-3.0},{\"d\":-0.25,\"bytes:\\\\xff\":-1.25}]");
		assertThat(engine.requests().getLast().promptLogprobs()).isEqualTo(1);
	}

	@Test
	void onlyReadsThePromptOnRequest() {
		engine.answer(Flux.just(new Admitted(), new PromptProcessed(3, 0, List.of(logprob("i", -0.5, "i"))),
				FakeEngine.finished(FinishReason.LENGTH)));

		var body = json("{\"model\":\"llama\",\"prompt\":\"hi\",\"max_tokens\":0,\"logprobs\":0,\"echo\":true}");

		assertThat(texts(body)).containsExactly("hi");
		assertThat(body.get("choices").get(0).get("logprobs").get("tokens").toString())
				.isEqualTo("[\"token_id:1\",\"i\"]");
		assertThat(engine.requests().getLast().maxCompletionTokens()).isZero();
	}

	@Test
	void tellsAllTokensAlsoThoseWithoutText() {
		var end = new TokenLogprob(2, -0.5, new byte[0], List.of());
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("a", -0.1), new Finished(
				FinishReason.STOP, FakeEngine.USAGE, Timings.NONE, null, new Rest(List.of(2), List.of(end))))));

		var choice = json("{\"model\":\"llama\",\"prompt\":\"hi\",\"logprobs\":0,\"return_token_ids\":true}")
				.get("choices")
				.get(0);

		assertThat(choice.get("prompt_token_ids").toString()).isEqualTo("[1,104,105]");
		assertThat(choice.get("token_ids").toString()).isEqualTo("[97,2]");
		assertThat(choice.get("logprobs").get("tokens").toString()).isEqualTo("[\"a\",\"token_id:2\"]");
	}

	@Test
	void streamsTokenIdsAndTextOfABatch() {
		engine.answer(_ -> FakeEngine.reply(engine.prompt(), "!"));

		var frames = frames("{\"model\":\"llama\",\"prompt\":[\"a\",\"b\"],\"stream\":true,\"return_token_ids\":true,"
				+ "\"stream_options\":{\"include_usage\":true}}");

		assertThat(frames.getLast()).isEqualTo("data: [DONE]");
		var chunks = frames.subList(0, frames.size() - 1).stream().map(TextCompletionsIntegrationTests::chunk).toList();
		for (int index = 0; index < 2; index++) {
			int wanted = index;
			var choices = chunks.stream().flatMap(chunk -> chunk.get("choices").valueStream())
					.filter(choice -> choice.get("index").intValue() == wanted).map(JsonNode::toString).toList();
			var letter = index == 0 ? "a" : "b";
			assertThat(choices).containsExactly(
					"{\"index\":%d,\"text\":\"\",\"logprobs\":null,\"finish_reason\":null,\"prompt_token_ids\":[1,%d],\"token_ids\":[]}"
							.formatted(index, 97 + index),
					"{\"index\":%d,\"text\":\"\",\"logprobs\":null,\"finish_reason\":null,\"token_ids\":[],\"prompt_tokens\":7,\"cached_tokens\":5}"
							.formatted(index),
					"{\"index\":%d,\"text\":\"%s\",\"logprobs\":null,\"finish_reason\":null,\"token_ids\":[%d]}"
							.formatted(index, letter, 97 + index),
					"{\"index\":%d,\"text\":\"!\",\"logprobs\":null,\"finish_reason\":null,\"token_ids\":[33]}"
							.formatted(index),
					"{\"index\":%d,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"stop\",\"token_ids\":[],"
							.formatted(index)
							+ "\"timings\":{\"queue_nanos\":0,\"prefill_nanos\":0,\"decode_nanos\":0}}");
		}
		assertThat(chunks.getFirst().get("usage").isNull()).isTrue();
		assertThat(chunks.getLast().get("choices").size()).isZero();
		assertThat(chunks.getLast().get("usage").get("prompt_tokens").intValue()).isEqualTo(14);
		assertThat(chunks.getLast().get("usage").get("completion_tokens").intValue()).isEqualTo(6);
	}

	@Test
	void tellsWhatHasEndedAStreamWithTokenIds() {
		var timings = new Timings(Duration.ofNanos(1), Duration.ofMillis(2), Duration.ofSeconds(3));
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("a"), new Finished(FinishReason.STOP,
				FakeEngine.USAGE, timings, "\n\n", new Rest(List.of(5), List.of())))));

		var frames = frames("{\"model\":\"llama\",\"prompt\":\"hi\",\"stream\":true,\"return_token_ids\":true}");

		assertThat(chunk(frames.get(frames.size() - 2)).get("choices").get(0).toString()).isEqualTo(
				"{\"index\":0,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"stop\",\"token_ids\":[5],\"stop_sequence\":\"\\n\\n\","
						+ "\"timings\":{\"queue_nanos\":1,\"prefill_nanos\":2000000,\"decode_nanos\":3000000000}}");
	}

	@Test
	void goesOnWithACompletionThatWasBegunElsewhere() {
		var body = json("{\"model\":\"llama\",\"prompt\":[104,105,32],\"resumed_tokens\":1,\"resumed_characters\":1}");

		assertThat(engine.requests().getLast().resumed()).isEqualTo(new Resumed(1, 1));
		assertThat(engine.requests().getLast().promptTokens()).containsExactly(104, 105, 32);
		assertThat(texts(body)).containsExactly(" you");
	}

	@Test
	void resumesUpToTheEndOfTheWindow() {
		json("{\"model\":\"llama\",\"resumed_tokens\":9,\"prompt\":%s}".formatted(Collections.nCopies(512, 97)));

		assertThat(engine.requests().getLast().promptTokens()).hasSize(512);
	}

	/** So that one server can ask another for any reply. */
	@Test
	void takesAllThatCanBeAskedOfAnEngine() {
		json("""
			{"model":"llama","prompt":[104,105,106],"max_tokens":9,"temperature":0.1,"top_n_sigma":0.2,"top_k":3,"typical_p":0.4,
			"top_p":0.5,"min_p":0.6,"xtc_probability":0.7,"xtc_threshold":0.8,"mirostat":2,"mirostat_tau":0.9,"mirostat_eta":0.11,
			"repetition_penalty":1.2,"repeat_last_n":13,"presence_penalty":0.14,"frequency_penalty":0.15,
			"dry_multiplier":0.16,"dry_base":1.7,"dry_allowed_length":18,"dry_penalty_last_n":19,"dry_sequence_breakers":["a","b"],
			"logit_bias":{"20":2.1},"allowed_token_ids":[22,2],"banned_token_ids":[23],"stop_token_ids":[24],"min_tokens":25,
			"ignore_eos":true,"seed":9007199254740993,"stop":["c","d"],"logprobs":20,"return_tokens_as_token_ids":true,
			"priority":26,"safety_identifier":"e","cache_salt":"f","slides_cache":true,"resumed_tokens":2,"resumed_characters":1,
			"guided_tool_calls":{"openings":[{"text":"g","marker":"h"}],
			"calls":[{"parameter":"i","before":"j","schema":"{}","after":"k","strict":true}],"separator":"l","closing":"m",
			"most_calls":27,"freedom":"calls_or_text","otherwise":{"guided_regex":"o"},"control_tokens":["n"]}}""");

		var sampling = new SamplingParameters(0.1f, new Truncation(0.2f, 3, 0.4f, 0.5f, 0.6f), new Xtc(0.7f, 0.8f),
				new Mirostat(0.9f, 0.11f), new RepetitionPenalties(1.2f, 13, 0.14f, 0.15f),
				new Dry(0.16f, 1.7f, 18, 19, List.of("a", "b")), new TokenRules(Map.of(20, 2.1f), Set.of(22, 2),
						Set.of(23), 25, true, Set.of(24)),
				9007199254740993L);
		var calls = new ToolCalls(List.of(new Opening("g", "h")), List.of(new Call("i", "j", "{}", "k", true)), "l",
				"m", 27, Freedom.CALLS_OR_TEXT, new OutputConstraint.Regex("o"), List.of("n"));
		assertThat(engine.requests().getLast()).isEqualTo(new GenerationRequest(List.of(104, 105, 106), 9, sampling,
				List.of("c", "d"), calls, 20, null, -26, "e", "f", true, new Resumed(2, 1)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		"response_format":{"type":"json_object"} | JsonObject[]
		"guided_json":"{ }"                      | JsonSchema[schema={ }]
		"guided_regex":"a+"                      | Regex[pattern=a+]
		"guided_choice":["a","b"]                | Choice[choices=[a, b]]
		"guided_grammar":"root ::= \\"a\\""      | Grammar[gbnf=root ::= "a"]
		""")
	void takesEveryFormOfConstraint(String field, String constraint) {
		json("{\"model\":\"llama\",\"prompt\":[104],%s}".formatted(field));

		assertThat(engine.requests().getLast().constraint()).hasToString(constraint);
	}

	@Test
	void streamsThePromptFirstWhereItIsWanted() {
		engine.answer(Flux.just(new Admitted(), new PromptProcessed(3, 0, List.of(logprob("i", -0.5, "i"))),
				FakeEngine.delta("!", -0.1), FakeEngine.finished(FinishReason.STOP)));

		var frames = frames("{\"model\":\"llama\",\"prompt\":\"hi\",\"stream\":true,\"echo\":true,\"logprobs\":0}");

		var choice = chunk(frames.get(1)).get("choices").get(0);
		assertThat(choice.get("text").stringValue()).isEqualTo("hi");
		assertThat(choice.get("logprobs").get("token_logprobs").toString()).isEqualTo("[null,-0.5]");
		assertThat(chunk(frames.get(2)).get("choices").get(0).get("logprobs").get("text_offset").toString())
				.isEqualTo("[1]");
		assertThat(frames).hasSize(5);
	}

	@Test
	void endsAStreamThatFailsWithAnErrorAndNoDone() {
		var failed = new Failed(new InferenceFailure.EngineClosed(), FakeEngine.USAGE);
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("Hi"), failed)));

		var frames = frames("{\"model\":\"llama\",\"prompt\":\"hi\",\"stream\":true}");

		assertThat(frames.getLast()).startsWith("data: {\"error\":{").contains("engine_closed");
	}

	@Test
	void refusesTheWholeBatchIfTheQueueHasNoRoomForOne() {
		engine.answer(_ -> engine.prompt().equals("b")
				? Flux.<GenerationEvent>error(new InferenceFailure.QueueFull(8))
				: FakeEngine.reply("x"));

		post("{\"model\":\"llama\",\"prompt\":[\"a\",\"b\"],\"stream\":true}").expectStatus().isEqualTo(429)
				.expectBody()
				.jsonPath("$.error.code").isEqualTo("queue_full");
	}

	@Test
	void cancelsAllCompletionsWhenTheClientHangsUp() throws Exception {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.never()));

		try (var raw = RawClient.post(port, PATH, "{\"model\":\"llama\",\"prompt\":[\"a\",\"b\"],\"stream\":true}")) {
			assertThat(raw).isNotNull();
			org.awaitility.Awaitility.await().until(() -> engine.requests().size() == 2);
		}

		engine.awaitCancellation();
	}

	@Test
	void namesThePromptThatDoesNotFit() {
		var body = post("{\"model\":\"llama\",\"prompt\":%s}".formatted(Collections.nCopies(512, 97))).expectStatus()
				.isBadRequest().expectBody();
		body.jsonPath("$.error.code").isEqualTo("context_length_exceeded");
		body.jsonPath("$.error.param").isEqualTo("prompt");
		body.jsonPath("$.error.message").value(String.class, message -> assertThat(message).contains("512 tokens"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		"prompt": []                                | prompt           | 'prompt' must hold 1 to 128 texts, but holds 0.
		"prompt": null                              | prompt           | 'prompt' is required.
		"prompt": 5                                 | prompt           | 'prompt' must be an array, but is a number.
		"prompt": ["a", 5]                          | prompt[1]        | 'prompt[1]' must be a string, but is a number.
		"prompt": [5, "a"]                          | prompt[1]        | 'prompt[1]' must be a 32-bit integer, but is a string.
		"prompt": [[]]                              | prompt[0]        | 'prompt[0]' must hold at least one token id, but holds none.
		"prompt": [[1.5]]                           | prompt[0][0]     | 'prompt[0][0]' must be a 32-bit integer, but is a number with a fraction.
		"prompt": "", "add_special_tokens": false   | prompt           | 'prompt' must have at least one token, but has none.
		"prompt": "a", "max_tokens": 0              | max_tokens       | 'max_tokens' must be 1 or more unless 'echo' is true, but is 0.
		"prompt": "a", "max_tokens": -1, "echo": true | max_tokens     | 'max_tokens' must be 0 or more, but is -1.
		"prompt": "a", "logprobs": 6                | logprobs         | 'logprobs' must be between 0 and 5, but is 6.
		"prompt": "a", "logprobs": true             | logprobs         | 'logprobs' must be a 32-bit integer, but is a boolean.
		"prompt": ["a","b","c","d","e","f","g","h","i"], "n": 16 | n   | 'n' may ask for at most 128 completions of all prompts, but asks for 144.
		"prompt": "a", "n": 2, "best_of": 1         | best_of          | 'best_of' must be 'n' or more, but is 1 with 'n' 2.
		"prompt": "a", "best_of": 2, "stream": true | best_of          | 'best_of' must be absent from a streamed request: the best are known at the end.
		"prompt": "a", "suffix": "b"                | suffix           | 'suffix' must be absent: this model's vocabulary has no tokens to fill in the middle with.
		"prompt": "a", "suffix": "b", "echo": true  | suffix           | 'suffix' must be absent where 'echo' is true.
		"prompt": "a", "use_beam_search": true      | use_beam_search  | 'use_beam_search' must be false: this server does not do that.
		"prompt": "a", "prompt_logprobs": 1         | prompt_logprobs  | 'prompt_logprobs' is not supported by this server.
		"prompt": "a", "logprobs": 21, "return_tokens_as_token_ids": true | logprobs | 'logprobs' must be between 0 and 20, but is 21.
		"prompt": "a", "resumed_tokens": 1          | prompt           | 'prompt' must be one array of token ids where 'resumed_tokens' is above 0.
		"prompt": [[1,2],[3,4]], "resumed_tokens": 1 | prompt          | 'prompt' must be one array of token ids where 'resumed_tokens' is above 0.
		"prompt": [1,2], "resumed_tokens": -1       | resumed_tokens   | 'resumed_tokens' must be 0 or more, but is -1.
		"prompt": [1,2], "resumed_tokens": 2        | resumed_tokens   | 'resumed_tokens' must leave a token of the prompt and be at most 'max_tokens', so at most 1, but is 2.
		"prompt": [1,2], "resumed_characters": 2    | resumed_characters | 'resumed_characters' must be 0 where no tokens are resumed, but is 2.
		"prompt": [1,2], "resumed_tokens": 1, "echo": true   | echo    | 'echo' must be absent where 'resumed_tokens' is above 0.
		"prompt": [1,2], "resumed_tokens": 1, "n": 2         | n       | 'n' must be absent where 'resumed_tokens' is above 0.
		"prompt": [1,2], "resumed_tokens": 1, "best_of": 2   | best_of | 'best_of' must be absent where 'resumed_tokens' is above 0.
		"prompt": [1,2], "resumed_tokens": 1, "suffix": "a"  | suffix  | 'suffix' must be absent where 'resumed_tokens' is above 0.
		"prompt": [1], "guided_tool_calls": {}      | guided_tool_calls.most_calls | 'guided_tool_calls.most_calls' must be 1 or more, but is null.
		"prompt": [1], "guided_tool_calls": {"most_calls": 1, "openings": []} | guided_tool_calls.openings | 'guided_tool_calls.openings' must hold 1 to 1024 items, but holds 0.
		"prompt": "a", "temperature": 3             | temperature      | 'temperature' must be between 0 and 2, but is 3.0.
		""")
	void namesTheFieldAtFault(String fields, String param, String message) {
		var body = post("{\"model\":\"llama\",%s}".formatted(fields)).expectStatus().isBadRequest().expectBody();

		body.jsonPath("$.error.param").isEqualTo(param);
		body.jsonPath("$.error.message").isEqualTo(message);
	}

	@Override
	WebTestClient.ResponseSpec post(String body) {
		return client.post().uri(PATH).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private String body(String request) {
		return Objects.requireNonNull(
				post(request).expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody());
	}

	private JsonNode json(String request) {
		return Json.read(body(request).getBytes(StandardCharsets.UTF_8));
	}

	private List<String> frames(String request) {
		return List.of(body(request).split("\n\n"));
	}

	private static JsonNode chunk(String frame) {
		return Json.read(frame.substring("data: ".length()).getBytes(StandardCharsets.UTF_8));
	}

	private static List<String> texts(JsonNode body) {
		return body.get("choices").valueStream().map(choice -> choice.get("text").stringValue()).toList();
	}

	/** A token of one character, at whose place another one may have been the most likely. */
	private static TokenLogprob logprob(String token, double logprob, String likeliest) {
		double best = likeliest.equals(token) ? logprob : -0.125;
		var top = new TokenLogprob.Top(likeliest.charAt(0), best, likeliest.getBytes(StandardCharsets.UTF_8));
		return new TokenLogprob(token.charAt(0), logprob, token.getBytes(StandardCharsets.UTF_8), List.of(top));
	}

}
