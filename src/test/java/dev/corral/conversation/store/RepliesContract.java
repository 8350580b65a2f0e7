package dev.corral.conversation.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.Conversation;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.OpenedReply;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.ReplyRunning;
import dev.corral.conversation.ReplyStore;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.FinishReason;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static dev.corral.conversation.store.StoreUnderTest.replied;
import static dev.corral.conversation.store.StoreUnderTest.run;
import static dev.corral.conversation.store.StoreUnderTest.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Replies from their opening to their end. */
interface RepliesContract extends StoreUnderTest {

	WindowReport WINDOW = new WindowReport(WindowPolicy.ROLLING, 4096, 1024, 77, 3, 2, 0, 1, 0);

	private ReplyStore replies() {
		return store().replies();
	}

	private StoredMessage message(MessageId id) {
		return await(store().messages().find(owner(), id));
	}

	private Conversation reread(Conversation conversation) {
		return await(store().conversations().find(owner(), conversation.id()));
	}

	private void end(OpenedReply opened, MessageStatus status, FinishReason reason) {
		run(replies().end(opened.reply().id(), status, replied("Hello"), facts(reason)));
	}

	private static ReplyFacts facts(FinishReason reason) {
		return new ReplyFacts("cria", WINDOW, new Usage(77, 5, 70), reason,
				new Timings(Duration.ofNanos(1), Duration.ofMillis(20), Duration.ofSeconds(3)),
				Duration.ofNanos(23_000_001),
				null, Instant.parse("2026-11-23T12:34:56.789012Z"));
	}

	@Test
	default void storesWhatWasSaidWithAnEmptyReplyBehindIt() {
		var conversation = conversation();
		clock().advance(Duration.ofSeconds(1));

		var opened = open(conversation, null, "hi");

		assertThat(opened.said()).singleElement().satisfies(stored -> {
			assertThat(stored.message()).isEqualTo(said("hi"));
			assertThat(stored.status()).isEqualTo(MessageStatus.COMPLETE);
			assertThat(message(stored.id())).isEqualTo(stored);
		});
		assertThat(opened.reply().parent()).isEqualTo(opened.said().getFirst().id());
		assertThat(opened.reply().status()).isEqualTo(MessageStatus.QUEUED);
		assertThat(opened.reply().reply()).isEqualTo(ReplyFacts.asked("cria"));
		assertThat(message(opened.reply().id())).isEqualTo(opened.reply());
		assertThat(opened.conversation()).isEqualTo(reread(conversation));
		assertThat(opened.conversation().leaf()).isEqualTo(opened.reply().id());
		assertThat(opened.conversation().runningReply()).isEqualTo(opened.reply().id());
		assertThat(opened.conversation().updatedAt()).isEqualTo(clock().instant());
		assertThat(opened.conversation().version()).isZero();
	}

	@Test
	default void writesAReplyToItsEnd() {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		var id = opened.reply().id();
		var calls = List.of(new ToolCall("call_1", "weather", "{\"city\":\"Zürich\"}"));

		run(replies().begin(id, WINDOW));
		assertThat(message(id).status()).isEqualTo(MessageStatus.IN_PROGRESS);
		assertThat(await(replies().progress(id, "Hel", lease()))).isTrue();
		assertThat(message(id).message().content()).isEqualTo("Hel");
		run(replies().end(id, MessageStatus.COMPLETE, new Message(Role.ASSISTANT, "Hello", calls, null),
				facts(FinishReason.STOP)));

		var ended = message(id);
		assertThat(ended.status()).isEqualTo(MessageStatus.COMPLETE);
		assertThat(ended.message()).isEqualTo(new Message(Role.ASSISTANT, "Hello", calls, null));
		assertThat(ended.reply()).isEqualTo(facts(FinishReason.STOP));
		assertThat(reread(conversation).runningReply()).isNull();
		assertThat(reread(conversation).leaf()).isEqualTo(id);
	}

	@Test
	default void keepsWhyAReplyFailed() {
		var opened = open(conversation(), null, "hi");
		var facts = new ReplyFacts("cria", null, null, FinishReason.ERROR, null, null,
				new ReplyError("queue_timeout", "Waited too long. ".repeat(1000)), clock().instant());

		run(replies().end(opened.reply().id(), MessageStatus.FAILED, replied(""), facts));

		var stored = message(opened.reply().id());
		assertThat(stored.status()).isEqualTo(MessageStatus.FAILED);
		assertThat(stored.reply()).extracting(ReplyFacts::error).extracting(ReplyError::code)
				.isEqualTo("queue_timeout");
	}

	@Test
	default void opensNoSecondReplyBesideOneThatIsWritten() {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		long rows = store().rows();

		assertThatThrownBy(() -> open(conversation, null, "me too"))
				.isInstanceOfSatisfying(ReplyRunning.class,
						running -> assertThat(running.reply()).isEqualTo(opened.reply().id()));
		assertThatThrownBy(() -> await(replies().reopen(owner(), opened.reply().id(), lease())))
				.isInstanceOf(ReplyRunning.class);
		assertThatThrownBy(() -> await(
				store().messages().append(owner(), conversation.id(), null, List.of(said("beside")))))
				.isInstanceOf(ReplyRunning.class);

		assertThat(store().rows()).isEqualTo(rows);
		end(opened, MessageStatus.COMPLETE, FinishReason.STOP);
		assertThat(open(conversation, opened.reply().id(), "me too").reply().depth()).isEqualTo(3);
	}

	@Test
	default void letsExactlyOneOfManyOpenAReply() {
		for (int round = 0; round < 40; round++) {
			var conversation = conversation();
			var attempts = Flux.range(0, 6)
					.flatMap(index -> replies()
							.open(owner(), conversation.id(), null, List.of(said("q" + index)), "cria", lease())
							.map(opened -> 1).onErrorResume(ReplyRunning.class, _ -> Mono.just(0)), 6)
					.collectList();

			assertThat(await(attempts)).hasSize(6).containsOnlyOnce(1);
			assertThat(await(store().messages().tree(owner(), conversation.id())).nodes()).hasSize(2);
		}
	}

	@Test
	default void opensAnotherReplyToTheSameQuestion() {
		var conversation = conversation();
		var first = open(conversation, null, "hi");
		end(first, MessageStatus.COMPLETE, FinishReason.STOP);
		var question = first.said().getFirst().id();

		var second = await(replies().open(owner(), conversation.id(), question, List.of(), "vicuna", lease()));

		assertThat(second.said()).isEmpty();
		assertThat(second.reply().parent()).isEqualTo(question);
		var tree = await(store().messages().tree(owner(), conversation.id()));
		assertThat(tree.siblings(second.reply().id())).hasSize(2);
		assertThat(tree.branch(second.conversation().leaf())).hasSize(2);
	}

	@Test
	default void repliesToNothingButQuestions() {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		end(opened, MessageStatus.COMPLETE, FinishReason.STOP);
		long rows = store().rows();

		assertThatThrownBy(() -> await(
				replies().open(owner(), conversation.id(), opened.reply().id(), List.of(), "cria", lease())))
				.isInstanceOf(NotPossible.class).hasMessageContaining("is the assistant's");
		assertThatThrownBy(() -> await(replies().open(owner(), conversation.id(), null, List.of(), "cria", lease())))
				.isInstanceOf(NotPossible.class);
		assertThatThrownBy(() -> open(conversation, MessageId.next(), "hi")).isInstanceOf(NotFound.class)
				.hasMessageStartingWith("There is no message");
		assertThatThrownBy(() -> open(conversation, open(conversation(), null, "elsewhere").reply().id(), "hi"))
				.isInstanceOf(NotFound.class);

		assertThat(store().rows()).isEqualTo(rows + 3);
		assertThat(reread(conversation).runningReply()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = {"STOPPED", "INTERRUPTED", "FAILED"})
	default void goesOnWithAReplyThatDidNotComeToItsEnd(MessageStatus status) {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		end(opened, status, FinishReason.CANCELLED);

		var reopened = await(replies().reopen(owner(), opened.reply().id(), lease()));

		assertThat(reopened.status()).isEqualTo(MessageStatus.QUEUED);
		assertThat(reopened.message().content()).isEqualTo("Hello");
		assertThat(reread(conversation).runningReply()).isEqualTo(opened.reply().id());
		assertThat(await(replies().progress(opened.reply().id(), "Hello you", lease()))).isTrue();
		end(opened, MessageStatus.COMPLETE, FinishReason.STOP);
		assertThat(reread(conversation).runningReply()).isNull();
	}

	@Test
	default void goesOnWithAReplyThatWasTooShortButNotWithOneThatHasEnded() {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		end(opened, MessageStatus.COMPLETE, FinishReason.LENGTH);
		await(replies().reopen(owner(), opened.reply().id(), lease()));
		end(opened, MessageStatus.COMPLETE, FinishReason.STOP);

		assertThatThrownBy(() -> await(replies().reopen(owner(), opened.reply().id(), lease())))
				.isInstanceOf(NotPossible.class).hasMessageContaining("has come to its end");
		assertThatThrownBy(() -> await(replies().reopen(owner(), opened.said().getFirst().id(), lease())))
				.isInstanceOf(NotPossible.class).hasMessageContaining("this is no reply");

		assertThat(reread(conversation).runningReply()).isNull();
	}

	@Test
	default void makesTheBranchOfAReplyThatGoesOnTheActiveOne() {
		var conversation = conversation();
		var first = open(conversation, null, "hi");
		end(first, MessageStatus.STOPPED, FinishReason.CANCELLED);
		end(open(conversation, null, "hi again"), MessageStatus.COMPLETE, FinishReason.STOP);

		await(replies().reopen(owner(), first.reply().id(), lease()));

		assertThat(reread(conversation).leaf()).isEqualTo(first.reply().id());
	}

	@Test
	default void takesNothingMoreFromAWriterThatWasTakenForDead() {
		var conversation = conversation();
		var opened = open(conversation, null, "hi");
		var id = opened.reply().id();
		await(replies().progress(id, "Hel", lease()));
		clock().advance(Duration.ofSeconds(11));
		assertThat(await(replies().interruptAbandoned(clock().instant()))).contains(id);

		assertThat(await(replies().progress(id, "Hello", lease()))).isFalse();
		end(opened, MessageStatus.COMPLETE, FinishReason.STOP);

		var stored = message(id);
		assertThat(stored.status()).isEqualTo(MessageStatus.INTERRUPTED);
		assertThat(stored.message().content()).isEqualTo("Hel");
		assertThat(reread(conversation).runningReply()).isNull();
	}

	@Test
	default void interruptsOnlyThoseNobodyWasHeardOfWriting() {
		var abandoned = open(conversation(), null, "hi").reply().id();
		clock().advance(Duration.ofSeconds(9));
		var heardOf = open(conversation(), null, "hi").reply().id();
		var ended = open(conversation(), null, "hi");
		end(ended, MessageStatus.COMPLETE, FinishReason.STOP);
		clock().advance(Duration.ofSeconds(2));

		var interrupted = await(replies().interruptAbandoned(clock().instant()));

		assertThat(interrupted).contains(abandoned).doesNotContain(heardOf, ended.reply().id());
		assertThat(message(heardOf).status()).isEqualTo(MessageStatus.QUEUED);
		assertThat(message(abandoned).reply()).extracting(ReplyFacts::finishedAt).isEqualTo(clock().instant());
		assertThat(await(replies().interruptAbandoned(clock().instant()))).doesNotContain(abandoned);
	}

	@Test
	default void interruptsEachOnceHoweverManyServersLook() {
		var opened = Flux.range(0, 30).concatMap(_ -> store().conversations().create(owner(), NEW)
				.flatMap(made -> replies().open(owner(), made.id(), null, List.of(said("hi")), "cria", lease())))
				.map(reply -> reply.reply().id());
		var abandoned = await(opened);
		clock().advance(Duration.ofSeconds(11));

		var interrupted = await(Flux.range(0, 4).flatMap(_ -> replies().interruptAbandoned(clock().instant()), 4));

		assertThat(interrupted).doesNotHaveDuplicates().containsAll(abandoned);
	}

}
