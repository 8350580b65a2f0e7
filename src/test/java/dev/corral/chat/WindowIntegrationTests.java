package dev.corral.chat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.corral.access.TestCallers;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.ConversationImports;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.ImportedMessage;
import dev.corral.conversation.Owner;
import dev.corral.conversation.Segments;
import dev.corral.inference.FakeEngine;
import dev.corral.template.Message;
import dev.corral.template.Role;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of the part of a conversation that a model was or would be given. */
class WindowIntegrationTests extends ChatContract {

	private static final Owner CALLER = new Owner(TestCallers.SOMEBODY);

	private static final String SUMMARY = "They counted.";

	@Test
	void namesTheMessagesThatWereLeftOut() {
		var conversation = conversation("rolling");
		var last = fill(conversation);

		var branch = branch(conversation);
		var window = get("/api/replies/%s/window".formatted(Sse.reply(last)));
		int cut = window.path("cut_messages").intValue();
		assertThat(cut).isPositive();
		assertThat(text(window, "first_cut_id")).isEqualTo(text(branch.getFirst(), "id"));
		assertThat(text(window, "first_kept_id")).isEqualTo(text(branch.get(cut), "id"));
		assertThat(engine.prompt()).startsWith("USER:" + text(branch.get(cut), "content") + "|");
		assertThat(window.path("recalled_ids").values()).isEmpty();
		assertThat(window.path("recap").isNull()).isTrue();
		assertThat(window.path("system_tokens").intValue()).isPositive();
	}

	@Test
	void tellsTheSameInEventsAndWithMessages() {
		var conversation = conversation("rolling");
		var last = fill(conversation);

		var stored = branch(conversation).getLast().path("reply").path("window");
		assertThat(text(stored, "first_kept_id")).isNotEmpty();
		assertThat(data(last, "window")).isEqualTo(stored);
		assertThat(data(last, "usage").path("window")).isEqualTo(stored);
		var reply = "/api/replies/" + Sse.reply(last);
		assertThat(get(reply).path("reply").path("window")).isEqualTo(stored);
		assertThat(data(events(client.get().uri(reply + "/events").exchange()), "window")).isEqualTo(stored);
	}

	@Test
	void namesTheMessagesThatWereBroughtBack() {
		var conversation = conversation("recall");
		say(conversation, "The password is swordfish.");
		fill(conversation);

		var window = data(say(conversation, "What is the password?"), "window");

		assertThat(window.path("recalled_ids").values().stream().map(JsonNode::stringValue))
				.containsExactlyElementsOf(ids(conversation).subList(0, 2));
	}

	@Test
	void tellsTheSummaryThatWasInThePrompt() {
		engine.answer(request -> FakeEngine
				.reply(engine.tokenizer().detokenize(request.promptTokens()).contains("Summarize")
						? SUMMARY
						: "Fine."));
		var conversation = conversation("recap");
		var last = fill(conversation);

		assertThat(text(get("/api/replies/%s/window".formatted(Sse.reply(last))), "recap")).isEqualTo(SUMMARY);
	}

	@Test
	void keepsTheFirstTurnOutOfWhatWasLeftOut() {
		var conversation = conversation("sink-shift");

		var window = data(fill(conversation), "window");

		assertThat(text(window, "first_cut_id")).isEqualTo(ids(conversation).get(2));
	}

	@Test
	void namesNothingWhereAllOfItWasGiven() {
		var window = data(say(conversation("rolling"), "hi"), "window");

		assertThat(window.path("first_cut_id").isNull() && window.path("first_kept_id").isNull()).isTrue();
		assertThat(window.path("recalled_ids").values()).isEmpty();
	}

	@Test
	void tellsNoWindowOfWhatIsNoReply() {
		var conversation = conversation("rolling");
		say(conversation, "hi");

		assertRefused(client.get().uri("/api/replies/%s/window".formatted(ids(conversation).getFirst())).exchange(),
				404,
				"not_found");
	}

	@Test
	void plansAnEmptyConversation() {
		var window = next(conversation("rolling"), "");

		assertThat(text(window, "policy")).isEqualTo("rolling");
		assertThat(window.path("context_tokens").intValue()).isEqualTo(512);
		assertThat(window.path("prompt_tokens").intValue()).isPositive()
				.isEqualTo(window.path("system_tokens").intValue());
		for (var none : List.of("message_tokens", "recap_tokens", "recall_tokens", "kept_messages", "cut_messages")) {
			assertThat(window.path(none).intValue()).as(none).isZero();
		}
		assertThat(window.path("recap").isNull() && window.path("first_kept_id").isNull()).isTrue();
	}

	@Test
	void plansWhatTheNextReplyIsGiven() {
		for (var policy : List.of("rolling", "sink-shift", "recap")) {
			var conversation = conversation(policy);
			fill(conversation);

			var planned = next(conversation, "");
			var window = data(say(conversation, "?"), "window");

			assertThat(planned.path("first_cut_id")).as(policy).isEqualTo(window.path("first_cut_id"));
			assertThat(planned.path("first_kept_id")).as(policy).isEqualTo(window.path("first_kept_id"));
			assertThat(planned.path("kept_messages").intValue() + 1).isEqualTo(window.path("kept_messages").intValue());
			assertThat(planned.path("cut_messages")).isEqualTo(window.path("cut_messages"));
			assertThat(planned.path("reserved_tokens")).isEqualTo(window.path("reserved_tokens"));
		}
	}

	@Test
	void tellsTheSummaryThatIsThere() {
		engine.answer(FakeEngine.reply(SUMMARY));
		var conversation = conversation("recap");
		fill(conversation);

		var window = next(conversation, "");

		assertThat(text(window, "recap")).isEqualTo(SUMMARY);
		assertThat(window.path("recap_tokens").intValue()).isEqualTo(SUMMARY.length());
		assertThat(window.path("prompt_tokens").intValue()).isEqualTo(window.path("system_tokens").intValue()
				+ window.path("message_tokens").intValue() + SUMMARY.length());
	}

	@Test
	void plansByAnotherPolicyAndGeneratesAndNotesNothing(@Autowired Segments segments) {
		var conversation = conversation("rolling");
		fill(conversation);
		var before = get(ALL + "/" + conversation);
		int asked = engine.requests().size();
		var noted = segments.find(CALLER, ConversationId.parse(conversation)).collectList().block();

		var window = next(conversation, "?policy=split");

		assertThat(text(window, "policy")).isEqualTo("split");
		assertThat(window.path("recap").isNull()).isTrue();
		assertThat(window.path("recap_tokens").intValue()).as("room for one").isPositive();
		assertThat(engine.requests()).hasSize(asked);
		assertThat(get(ALL + "/" + conversation)).isEqualTo(before);
		assertThat(segments.find(CALLER, ConversationId.parse(conversation)).collectList().block())
				.isEqualTo(noted);
	}

	@Test
	void refusesAPlanAsItWouldTheReply() {
		var conversation = conversation("rolling");
		fill(conversation);
		var path = ALL + "/" + conversation + "/window";

		assertRefused(client.get().uri(path + "?policy=strict").exchange(), 400, "context_length_exceeded");
		assertRefused(client.get().uri(path + "?model=alpaca").exchange(), 404, "model_not_found");
		client.get().uri(path + "?policy=fifo").exchange().expectStatus().isBadRequest().expectBody()
				.jsonPath("$.error.param").isEqualTo("policy");
		assertRefused(client.get().uri(ALL + "/x/window").exchange(), 404, "not_found");
	}

	@Test
	void plansThousandsOfMessages(@Autowired ConversationImports imports) {
		var messages = new ArrayList<ImportedMessage>();
		for (int i = 0; i < 2000; i++) {
			messages.add(new ImportedMessage("m" + i, i == 0 ? null : "m" + (i - 1),
					new Message(i % 2 == 0 ? Role.USER : Role.ASSISTANT, "message " + i)));
		}
		var made = imports.importTree(new Owner("archivist"),
				ImportedConversation.of("Long", "llama", null, null, messages, "m1999")).blockOptional().orElseThrow();

		var window = json(client.get().uri("%s/%s/window".formatted(ALL, made.id()))
				.header(TestCallers.CALLER, "archivist").exchange());

		assertThat(window.path("cut_messages").intValue() + window.path("kept_messages").intValue()).isEqualTo(2000);
		assertThat(window.path("prompt_tokens").intValue()).isBetween(100, 512);
	}

	private String conversation(String policy) {
		return text(json(post(ALL, "{\"model\":\"llama\",\"title\":\"Counting\",\"window\":\"%s\"}".formatted(policy))),
				"id");
	}

	/** Says more than the window holds; the events of the last reply. */
	private List<Sse> fill(String conversation) {
		var last = List.<Sse>of();
		for (int i = 0; i < 14; i++) {
			last = say(conversation, "turn %d %s".formatted(i, "x".repeat(30)));
		}
		return last;
	}

	private List<String> ids(String conversation) {
		return branch(conversation).stream().map(message -> text(message, "id")).toList();
	}

	private JsonNode next(String conversation, String query) {
		return get(ALL + "/" + conversation + "/window" + query);
	}

	private static JsonNode data(List<Sse> events, String name) {
		return events.stream().filter(event -> event.name().equals(name)).findFirst().orElseThrow().data();
	}

}
