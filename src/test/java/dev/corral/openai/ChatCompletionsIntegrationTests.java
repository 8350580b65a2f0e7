package dev.corral.openai;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.InferenceFailure;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ChatCompletionsIntegrationTests extends HttpContract {

	@Test
	void answersInOnePiece() {
		var body = post(HI).expectStatus().isOk().expectHeader().contentType(MediaType.APPLICATION_JSON)
				.expectHeader().exists("x-request-id").expectBody(String.class).returnResult().getResponseBody();

		assertThat(body).matches(
				"\\{\"id\":\"chatcmpl-[0-9a-f]{32}\",\"object\":\"chat.completion\",\"created\":\\d{10},\"model\":\"llama\","
						+ "\"choices\":\\[\\{\"index\":0,\"message\":\\{\"role\":\"assistant\",\"content\":\"Hello you\",\"refusal\":null\\},"
						+ "\"logprobs\":null,\"finish_reason\":\"stop\"\\}\\],\"usage\":\\{\"prompt_tokens\":7,\"completion_tokens\":3,"
						+ "\"total_tokens\":10,\"prompt_tokens_details\":\\{\"cached_tokens\":5\\}\\}\\}");
		assertThat(engine.prompt()).isEqualTo("USER:hi|ASSISTANT:");
	}

	@Test
	void answersInOnePieceWhateverTheClientAccepts() {
		client.post().uri(CHAT).contentType(MediaType.APPLICATION_JSON).accept(MediaType.TEXT_EVENT_STREAM)
				.bodyValue(HI).exchange().expectStatus().isOk().expectHeader().contentType(MediaType.APPLICATION_JSON);
	}

	@Test
	void streamsChunksWithTheHeadersThatKeepProxiesFromCollectingThem() {
		var body = post(STREAM).expectStatus().isOk().expectHeader().valueEquals("Content-Type", "text/event-stream")
				.expectHeader().valueEquals("Cache-Control", "no-cache").expectHeader()
				.valueEquals("X-Accel-Buffering", "no").expectHeader().exists("x-request-id").expectHeader()
				.doesNotExist("Access-Control-Allow-Origin").expectBody(String.class).returnResult().getResponseBody();

		assertThat(Objects.requireNonNull(body).split("\n\n")).hasSize(5).allMatch(frame -> frame.startsWith("data: "));
		assertThat(body).contains("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}", "\"content\":\"Hello\"",
				"\"content\":\" you\"", "\"finish_reason\":\"stop\"").doesNotContain("usage")
				.endsWith("}\n\ndata: [DONE]\n\n");
	}

	@Test
	void refusesBeforeTheStreamBeginsWithAProperStatus() {
		engine.answer(Flux.error(new InferenceFailure.QueueFull(8)));

		post(STREAM).expectStatus().isEqualTo(429).expectHeader().contentType(MediaType.APPLICATION_JSON)
				.expectHeader().valueEquals("Retry-After", "2").expectHeader()
				.valueEquals("x-ratelimit-limit-requests", "8").expectHeader()
				.valueEquals("x-ratelimit-remaining-requests", "0").expectHeader()
				.valueEquals("x-ratelimit-reset-requests", "2s").expectHeader().doesNotExist("X-Accel-Buffering")
				.expectHeader().doesNotExist("Cache-Control").expectBody().jsonPath("$.error.code")
				.isEqualTo("queue_full").jsonPath("$.error.type").isEqualTo("rate_limit_error");
	}

	@Test
	void endsAStreamThatFailsWithAnErrorAndNoDone() {
		var failed = new Failed(new InferenceFailure.EngineClosed(), FakeEngine.USAGE);
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("Hi"), failed)));

		var body = post(STREAM).expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody();

		assertThat(body).endsWith(
				"data: {\"error\":{\"message\":\"The server is shutting down and takes no new requests.\",\"type\":\"server_error\",\"param\":null,\"code\":\"engine_closed\"}}\n\n")
				.doesNotContain("[DONE]", "\"stop\"");
	}

	@Test
	void answersAFailedReplyWithAnErrorInsteadOfHalfOfIt() {
		var failed = new Failed(new InferenceFailure.EngineClosed(), FakeEngine.USAGE);
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("Hi"), failed)));

		post(HI).expectStatus().isEqualTo(503).expectHeader().valueEquals("Retry-After", "5").expectBody()
				.jsonPath("$.error.code").isEqualTo("engine_closed");
	}

	@Test
	void saysThatALimitEndedTheReply() {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.finished(FinishReason.LENGTH))));

		post(HI).expectBody().jsonPath("$.choices[0].finish_reason").isEqualTo("length")
				.jsonPath("$.choices[0].message.content").isEqualTo("");
	}

	@Test
	void tellsHowLikelyTheTokensWere() {
		engine.answer(Flux.concat(FakeEngine.begun(),
				Flux.just(FakeEngine.delta("Hi", -0.25), FakeEngine.delta("!", -2),
						FakeEngine.finished(FinishReason.STOP))));

		post(HI.replace("}]}", "}],\"logprobs\":true,\"top_logprobs\":2}")).expectStatus().isOk().expectBody()
				.jsonPath("$.choices[0].logprobs.content.length()").isEqualTo(2)
				.jsonPath("$.choices[0].logprobs.content[0].token").isEqualTo("Hi")
				.jsonPath("$.choices[0].logprobs.content[0].logprob").isEqualTo(-0.25)
				.jsonPath("$.choices[0].logprobs.content[0].bytes[0]").isEqualTo(72)
				.jsonPath("$.choices[0].logprobs.content[1].top_logprobs[1].logprob").isEqualTo(-3)
				.jsonPath("$.choices[0].logprobs.content[1].top_logprobs[1].bytes[0]").isEqualTo(255)
				.jsonPath("$.choices[0].logprobs.refusal").isEmpty();
		assertThat(engine.requests().getLast().logprobs()).isEqualTo(2);
	}

	@Test
	void answersWithSeveralChoicesAndOneUsage() {
		engine.answer(request -> FakeEngine.reply(" seed " + request.sampling().seed()));

		post(HI.replace("}]}", "}],\"n\":3,\"seed\":40}")).expectStatus().isOk().expectBody()
				.jsonPath("$.choices[*].index").isEqualTo(List.of(0, 1, 2)).jsonPath("$.choices[*].message.content")
				.isEqualTo(List.of("seed 40", "seed 41", "seed 42")).jsonPath("$.usage.prompt_tokens").isEqualTo(7)
				.jsonPath("$.usage.completion_tokens").isEqualTo(9);
	}

	@Test
	void answersWithTheMostLikelyOfSeveralReplies() {
		var logprobs = new double[]{-1.5, -0.5, -2, -1};
		engine.answer(request -> {
			long seed = Objects.requireNonNull(request.sampling().seed());
			return Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("seed " + seed, logprobs[(int) seed - 5]),
					FakeEngine.finished(FinishReason.STOP)));
		});

		post(HI.replace("}]}", "}],\"n\":2,\"best_of\":4,\"seed\":5}")).expectStatus().isOk().expectBody()
				.jsonPath("$.choices[*].message.content").isEqualTo(List.of("seed 6", "seed 8"))
				.jsonPath("$.choices[*].index").isEqualTo(List.of(0, 1)).jsonPath("$.choices[0].logprobs").isEmpty()
				.jsonPath("$.usage.completion_tokens").isEqualTo(12);
	}

	@Test
	void cancelsAStreamedGenerationWhenTheClientHangsUp() throws Exception {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.never()));

		try (var socket = RawClient.post(port, CHAT, STREAM)) {
			socket.readUntil("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}");
			assertThat(engine.wasCancelled()).isFalse();
		}

		engine.awaitCancellation();
	}

	@Test
	void cancelsAGenerationInOnePieceWhenTheClientHangsUp() throws Exception {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.never()));

		try (var _ = RawClient.post(port, CHAT, HI)) {
			await().atMost(Duration.ofSeconds(10)).until(() -> !engine.requests().isEmpty());
			assertThat(engine.wasCancelled()).isFalse();
		}

		engine.awaitCancellation();
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void cancelsACallThatIsBeingGeneratedWhenTheClientHangsUp(boolean stream) throws Exception {
		var tools = HI.replace("}]}",
				"}],\"stream\":%s,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}"
						.formatted(stream));
		var call = FakeEngine.delta("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"half");
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(call), Flux.never()));

		try (var socket = RawClient.post(port, CHAT, tools)) {
			await().atMost(Duration.ofSeconds(10)).until(() -> engine.generating() == 1);
			if (stream) {
				socket.readUntil("half");
			}
			assertThat(engine.wasCancelled()).isFalse();
		}

		engine.awaitCancellation();
		await().atMost(Duration.ofSeconds(10)).until(() -> engine.generating() == 0);
		engine.answer(FakeEngine.reply("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": \"whole\"}}</tool_call>"));
		post(tools.replace("true", "false")).expectStatus().isOk().expectBody()
				.jsonPath("$.choices[0].message.tool_calls[0].function.arguments").isEqualTo("{\"a\": \"whole\"}");
	}

	@Test
	void listsEveryConfiguredModel() {
		client.get().uri("/v1/models").exchange().expectStatus().isOk().expectBody().jsonPath("$.object")
				.isEqualTo("list").jsonPath("$.data.length()").isEqualTo(3).jsonPath("$.data[0].id").isEqualTo("llama")
				.jsonPath("$.data[0].object").isEqualTo("model").jsonPath("$.data[0].owned_by").isEqualTo("corral")
				.jsonPath("$.data[0].created").isNumber();
	}

	@Test
	void findsAModelWhoseNameHoldsASlash() {
		client.get().uri("/v1/models/org/broken").exchange().expectStatus().isOk().expectBody().jsonPath("$.id")
				.isEqualTo("org/broken");
		client.get().uri("/v1/models/{id}", "org/broken").exchange().expectStatus().isOk();
	}

}
