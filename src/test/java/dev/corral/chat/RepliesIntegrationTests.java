package dev.corral.chat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.inference.FakeEngine;
import dev.corral.inference.FinishReason;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.InferenceFailure;
import dev.corral.openai.RawClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RepliesIntegrationTests extends ChatContract {

	@Test
	void tellsAReplyAsItComesAndKeepsIt() {
		var conversation = conversation();

		var events = say(conversation, "hi");

		assertThat(Sse.names(events)).startsWith("queued").containsSubsequence("window", "delta", "usage",
				"done").endsWith("done");
		assertThat(Sse.text(events)).isEqualTo("Hello you");
		assertThat(events).allSatisfy(event -> assertThat(event.id()).isNotNull());
		assertThat(events.getFirst().data().path("conversation_id").stringValue()).isEqualTo(conversation);
		assertThat(events.getLast().data()).hasToString("{\"status\":\"complete\",\"finish_reason\":\"stop\"}");
		var branch = branch(conversation);
		assertThat(branch.stream().map(message -> text(message, "content"))).containsExactly("hi", "Hello you");
		assertThat(branch.stream().map(message -> text(message, "id"))).containsExactly(
				text(events.getFirst().data(), "message_id"), Sse.reply(events));
		assertThat(branch.getLast().path("reply").path("usage")).isEqualTo(usage(events, "window", "timings"));
	}

	private static JsonNode usage(List<Sse> events, String... others) {
		var usage = events.stream().filter(event -> event.name().equals("usage")).findFirst().orElseThrow().data()
				.deepCopy();
		((ObjectNode) usage).remove(List.of(others));
		return usage;
	}

	@Test
	void givesTheModelWhatWasSaidBefore() {
		var conversation = conversation();
		say(conversation, "one");
		say(conversation, "two");

		assertThat(engine.requests()).anySatisfy(request -> assertThat(engine.tokenizer()
				.detokenize(request.promptTokens())).contains("one", "Hello you", "two"));
		assertThat(contents(conversation)).containsExactly("one", "Hello you", "two", "Hello you");
	}

	@Test
	void answersWithTheWholeReplyIfThatIsWanted() {
		var conversation = conversation();

		var reply = json(post(messages(conversation), "{\"content\":\"hi\",\"stream\":false,\"max_tokens\":9}"));

		assertThat(text(reply, "content")).isEqualTo("Hello you");
		assertThat(text(reply, "status")).isEqualTo("complete");
		assertThat(reply).isEqualTo(get("/api/replies/" + text(reply, "id")));
		assertThat(engine.requests()).anySatisfy(request -> assertThat(request.maxCompletionTokens()).isEqualTo(9));
	}

	@Test
	void goesOnWithoutAReader() throws IOException {
		var rest = Sinks.<GenerationEvent>one();
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta(" Hel")), rest.asMono(),
				Flux.just(FakeEngine.finished(FinishReason.STOP))));
		var conversation = conversation();
		try (var reader = RawClient.post(port, messages(conversation), "{\"content\":\"hi\"}")) {
			reader.readUntil("\"Hel\"");
		}

		rest.tryEmitValue(FakeEngine.delta("lo"));

		await().until(() -> text(branch(conversation).getLast(), "status").equals("complete"));
		assertThat(contents(conversation)).containsExactly("hi", "Hello");
	}

	@Test
	void tellsTheRestToAReaderThatComesBack() {
		var events = say(conversation(), "hi");
		var path = "/api/replies/%s/events".formatted(Sse.reply(events));

		for (int seen = 1; seen < events.size(); seen++) {
			var last = String.valueOf(events.get(seen - 1).id());
			var rest = events(client.get().uri(path).header("Last-Event-ID", last).exchange());

			assertThat(Sse.text(events.subList(0, seen)) + Sse.text(rest)).isEqualTo("Hello you");
			assertThat(rest.getLast().name()).isEqualTo("done");
			assertThat(events(client.get().uri(path + "?after=" + last).exchange())).isEqualTo(rest);
		}
		client.get().uri(path).header("Last-Event-ID", String.valueOf(events.getLast().id())).exchange().expectStatus()
				.isNoContent();
		assertThat(Sse.text(events(client.get().uri(path).exchange()))).isEqualTo("Hello you");
		client.get().uri(path).header("Last-Event-ID", "yesterday").exchange().expectStatus().isBadRequest();
	}

	@Test
	void stopsAndKeepsWhatThereIs() throws IOException {
		engine.answer(endless());
		var conversation = conversation();
		try (var reader = RawClient.post(port, messages(conversation), "{\"content\":\"hi\"}")) {
			reader.readUntil("\"x\"");
			var reply = text(get(ALL + "/" + conversation), "running_reply_id");

			var stopped = json(client.post().uri("/api/replies/%s/stop".formatted(reply)).exchange());

			assertThat(text(stopped, "status")).isEqualTo("stopped");
			assertThat(text(stopped, "content")).isNotEmpty().matches("x+");
			assertThat(reader.readUntil("event: done")).isNotEmpty();
			assertThat(reader.readUntil("\n\n")).contains("\"status\":\"stopped\"");
			assertThat(json(client.post().uri("/api/replies/%s/stop".formatted(reply)).exchange())).isEqualTo(stopped);
			assertThat(get(ALL + "/" + conversation).path("running_reply_id").isNull()).isTrue();
		}
		engine.awaitCancellation();
	}

	@Test
	void continuesAReplyThatEndedAtItsLength() {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta(" Once upon")),
				Flux.just(FakeEngine.finished(FinishReason.LENGTH))));
		var conversation = conversation();
		var begun = say(conversation, "hi");
		engine.answer(FakeEngine.reply(" a", " time"));

		var rest = events(client.post().uri("/api/replies/%s/continue".formatted(Sse.reply(begun))).exchange());

		assertThat(Sse.text(rest)).isEqualTo(" a time");
		assertThat(Sse.reply(rest)).isEqualTo(Sse.reply(begun));
		assertThat(contents(conversation)).containsExactly("hi", "Once upon a time");
		assertRefused(client.post().uri("/api/replies/%s/continue".formatted(Sse.reply(begun))).exchange(), 409,
				"not_possible");
	}

	@Test
	void keepsTheOldReplyBesideAnotherOne() {
		var conversation = conversation();
		var first = Sse.reply(say(conversation, "hi"));
		engine.answer(FakeEngine.reply(" Good", " day"));

		var second = Sse.reply(events(client.post().uri("/api/messages/%s/regenerate".formatted(first)).exchange()));

		assertThat(contents(conversation)).containsExactly("hi", "Good day");
		assertThat(branch(conversation).getLast().path("siblings").values().stream().map(JsonNode::stringValue))
				.containsExactly(first, second);
		switchTo(conversation, first).expectStatus().isOk();
		assertThat(contents(conversation)).containsExactly("hi", "Hello you");
	}

	@Test
	void hasAnotherReplyToAMessageThatIsNamed() {
		var conversation = conversation();
		say(conversation, "hi");
		var question = text(branch(conversation).getFirst(), "id");

		var reply = json(
				send(HttpMethod.POST, "/api/messages/%s/regenerate".formatted(question), "{\"stream\":false}"));

		assertThat(text(reply, "parent_id")).isEqualTo(question);
		assertThat(branch(conversation).getLast().path("siblings")).hasSize(2);
	}

	@Test
	void putsAnEditedMessageOnABranchOfItsOwn() {
		var conversation = conversation();
		say(conversation, "one");
		say(conversation, "two");
		var second = text(branch(conversation).get(2), "id");

		var events = events(post("/api/messages/%s/edit".formatted(second), "{\"content\":\"zwei\"}"));

		assertThat(contents(conversation)).containsExactly("one", "Hello you", "zwei", "Hello you");
		assertThat(get(messages(conversation) + "?view=tree").path("messages")).hasSize(6);
		switchTo(conversation, second).expectStatus().isOk();
		assertThat(contents(conversation)).containsExactly("one", "Hello you", "two", "Hello you");
		assertRefused(post("/api/messages/%s/edit".formatted(Sse.reply(events)), "{\"content\":\"mine\"}"), 409,
				"not_possible");
	}

	@Test
	void putsAnEditedFirstMessageBesideTheFirst() {
		var conversation = conversation();
		say(conversation, "one");
		var first = text(branch(conversation).getFirst(), "id");

		post("/api/messages/%s/edit".formatted(first), "{\"content\":\"eins\",\"stream\":false}").expectStatus().isOk();

		assertThat(contents(conversation)).containsExactly("eins", "Hello you");
		assertThat(branch(conversation).getFirst().path("siblings")).hasSize(2);
	}

	@Test
	void answersAfterTheMessageThatIsNamed() {
		var conversation = conversation();
		var first = Sse.reply(say(conversation, "one"));
		say(conversation, "two");

		post(messages(conversation), "{\"content\":\"deux\",\"parent_id\":\"%s\"}".formatted(first)).expectStatus()
				.isOk().expectBody(String.class).returnResult();

		assertThat(contents(conversation)).containsExactly("one", "Hello you", "deux", "Hello you");
	}

	@Test
	void refusesAMessageWhileAReplyIsWrittenOrHasItWait() throws IOException {
		var end = Sinks.<GenerationEvent>one();
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta(" Hello")), end.asMono()));
		var conversation = conversation();
		try (var reader = RawClient.post(port, messages(conversation), "{\"content\":\"one\"}")) {
			reader.readUntil("\"Hello\"");

			assertRefused(post(messages(conversation), "{\"content\":\"two\"}"), 409, "reply_running");
			var waiting = CompletableFuture.supplyAsync(
					() -> events(post(messages(conversation), "{\"content\":\"three\",\"when_busy\":\"queue\"}")));
			assertThat(contents(conversation)).hasSize(2);
			engine.answer(FakeEngine.reply(" Well"));
			end.tryEmitValue(FakeEngine.finished(FinishReason.STOP));

			assertThat(Sse.text(waiting.join())).isEqualTo("Well");
		}
		assertThat(contents(conversation)).containsExactly("one", "Hello", "three", "Well");
	}

	@Test
	void letsOneOfManyMessagesThroughThatComeAtOnce() {
		engine.answer(endless());
		var conversation = conversation();

		var statuses = IntStream.range(0, 8)
				.mapToObj(_ -> CompletableFuture.supplyAsync(() -> status(messages(conversation))))
				.toList().stream().map(CompletableFuture::join).toList();

		assertThat(statuses).containsOnly(200, 409);
		assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
		assertThat(get(messages(conversation) + "?view=tree").path("messages")).hasSize(2);
		var reply = text(get(ALL + "/" + conversation), "running_reply_id");
		client.post().uri("/api/replies/%s/stop".formatted(reply)).exchange().expectStatus().isOk();
	}

	private int status(String path) {
		try (var sender = RawClient.post(port, path, "{\"content\":\"hi\"}")) {
			return Integer.parseInt(sender.readUntil("\r\n").split(" ", 3)[1]);
		} catch (IOException failed) {
			throw new IllegalStateException(failed);
		}
	}

	@Test
	void tellsWhatWentWrongAndKeepsWhatThereWas() {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta(" Hel")),
				Flux.error(new InferenceFailure.DecodeFailed("secret"))));
		var conversation = conversation();

		var events = say(conversation, "hi");

		assertThat(events.getLast().name()).isEqualTo("error");
		assertThat(events.getLast().data().toString()).doesNotContain("secret");
		assertThat(events.getLast().data().at("/error/code").stringValue()).isEqualTo("internal_error");
		var reply = branch(conversation).getLast();
		assertThat(text(reply, "status")).isEqualTo("failed");
		assertThat(text(reply, "content")).isEqualTo("Hel");
	}

	@Test
	void storesNothingOfWhatItRefuses() {
		var conversation = conversation();

		assertRefused(
				post(messages(conversation), "{\"content\":\"%s\",\"window\":\"strict\"}".formatted("x".repeat(600))),
				400, "context_length_exceeded");
		assertRefused(post(messages(conversation), "{\"content\":\"hi\",\"model\":\"alpaca\"}"), 404,
				"model_not_found");
		post(messages(conversation), "{\"content\":\"\"}").expectStatus().isBadRequest();

		assertThat(contents(conversation)).isEmpty();
	}

	@Test
	void answersWithWhatIsStoredOfWhatAReaderThinks() {
		var reply = Sse.reply(say(conversation(), "hi"));

		var told = json(send(HttpMethod.PUT, "/api/messages/%s/feedback".formatted(reply),
				"{\"rating\":\"up\",\"reason\":\"a\\u0000b\"}"));

		assertThat(told).isEqualTo(get("/api/replies/" + reply).path("feedback"));
	}

	@Test
	void keepsWhatAReaderThinks() {
		var conversation = conversation();
		var reply = Sse.reply(say(conversation, "hi"));
		var path = "/api/messages/%s/feedback".formatted(reply);

		assertThat(json(send(HttpMethod.PUT, path, "{\"rating\":\"down\",\"reason\":\"too short\"}")))
				.hasToString("{\"rating\":\"down\",\"reason\":\"too short\"}");
		assertThat(get("/api/replies/" + reply).path("feedback"))
				.hasToString("{\"rating\":\"down\",\"reason\":\"too short\"}");
		client.delete().uri(path).exchange().expectStatus().isNoContent();
		assertThat(get("/api/replies/" + reply).path("feedback").isNull()).isTrue();
		send(HttpMethod.PUT, path, "{\"rating\":\"fine\"}").expectStatus().isBadRequest();
	}

	@Test
	void leadsThroughAllMessages() {
		var conversation = conversation();
		for (int i = 0; i < 3; i++) {
			say(conversation, "m" + i);
		}

		var newest = get(messages(conversation) + "?limit=4");
		var oldest = get(messages(conversation) + "?limit=4&before=" + text(newest, "next"));

		assertThat(newest.path("messages").values().stream().map(message -> text(message, "content")))
				.containsExactly("m1", "Hello you", "m2", "Hello you");
		assertThat(oldest.path("messages").values().stream().map(message -> text(message, "content")))
				.containsExactly("m0", "Hello you");
		assertThat(oldest.path("next").isNull()).isTrue();
	}

	private WebTestClient.ResponseSpec switchTo(String conversation, String message) {
		return post("%s/%s/branch".formatted(ALL, conversation), "{\"message_id\":\"%s\"}".formatted(message));
	}

	/** A reply that ends only when it is made to. */
	private static Flux<GenerationEvent> endless() {
		return Flux.concat(FakeEngine.begun(), Flux.just(FakeEngine.delta("x")), Flux.never());
	}

}
