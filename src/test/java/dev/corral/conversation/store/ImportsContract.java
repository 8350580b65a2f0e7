package dev.corral.conversation.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Feedback;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.ImportedMessage;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.ReplyParameters;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.FinishReason;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static dev.corral.conversation.store.StoreUnderTest.replied;
import static dev.corral.conversation.store.StoreUnderTest.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** Conversations that come from elsewhere. */
interface ImportsContract extends StoreUnderTest {

	@Test
	default void keepsAllThatIsKnownOfAnImportedConversation() {
		var time = Instant.parse("2023-04-05T06:07:08.123456Z");
		var window = new WindowReport(WindowPolicy.RECAP, 1, 2, 3, 4, 5, 6, 7, 8);
		var facts = new ReplyFacts("gpt-4o", window, new Usage(10, 20, 5), FinishReason.STOP,
				new Timings(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)), Duration.ofMillis(4),
				new ReplyError("lost", "Gone."), time);
		var call = new ToolCall("call_1", "look_up", "{}");
		var messages = List.of(new ImportedMessage("a", null, said("Who?"), MessageStatus.COMPLETE, null, null, time),
				new ImportedMessage("b", "a", new Message(Role.ASSISTANT, "I", List.of(call), null),
						MessageStatus.STOPPED, facts, new Feedback(true, "Good."), time.plusSeconds(9)),
				new ImportedMessage("c", "a", replied("You"), MessageStatus.COMPLETE, null, null, time.plusSeconds(5)));
		var imported = new ImportedConversation("Names", "cria", "Be brief.", ReplyParameters.NONE, true, true,
				Map.of("from", "elsewhere"), time, time.plusSeconds(60), messages, "c");

		var stored = await(store().imports().importTree(owner(), imported));

		assertThat(await(store().conversations().find(owner(), stored.id()))).isEqualTo(stored);
		assertThat(ImportedConversation.of(stored, messages(stored.id())))
				.usingRecursiveComparison().ignoringFields("messages.key", "messages.parent", "leaf")
				.ignoringCollectionOrder().isEqualTo(imported);
		var tree = await(store().messages().tree(owner(), stored.id()));
		assertThat(tree.branch(stored.leaf())).extracting(MessageNode::depth, MessageNode::createdAt).containsExactly(
				tuple(0, time),
				tuple(1, time.plusSeconds(5)));
	}

	@Test
	default void forgetsPlacesThatAnImportedReplyHasNot() {
		var window = new WindowReport(WindowPolicy.RECAP, 1, 2, 3, 4, 5, 6, 7, 8, null,
				new WindowReport.Places(0, 1, List.of()));
		var facts = new ReplyFacts("cria", window, null, null, null, null, null, null);
		var messages = List.of(new ImportedMessage("a", null, said("Who?")), new ImportedMessage("b", "a",
				replied("I"), MessageStatus.COMPLETE, facts, null, null));

		var stored = await(store().imports().importTree(owner(),
				ImportedConversation.of(null, "cria", null, null, messages, "b")));

		assertThat(messages(stored.id())).extracting(StoredMessage::reply).last()
				.isEqualTo(new ReplyFacts("cria", window.within(1), null, null, null, null, null, null));
		assertThat(window.within(1).places()).isNull();
	}

	@Test
	default void keepsTheOrderOfManyMessagesWithoutTimes() {
		var messages = new ArrayList<ImportedMessage>();
		for (int i = 0; i < 450; i++) {
			messages.add(new ImportedMessage("m" + i, i == 0 ? null : "m" + (i - 1) / 2, said("text " + i)));
		}

		var stored = await(store().imports()
				.importTree(owner(), ImportedConversation.of(null, "cria", null, null, messages, "m449")));

		var nodes = await(store().messages().tree(owner(), stored.id())).nodes();
		var texts = messages(stored.id());
		assertThat(nodes).hasSize(450).extracting(node -> texts.stream().filter(text -> text.id().equals(node.id()))
				.findFirst().orElseThrow().message().content())
				.containsExactlyElementsOf(messages.stream().map(message -> message.message().content()).toList());
		assertThat(stored.updatedAt()).isEqualTo(clock().instant());
	}

	@Test
	default void goesOnWithAnImportedConversation() {
		var messages = List.of(new ImportedMessage("a", null, said("Hi")),
				new ImportedMessage("b", "a", replied("Hello")));
		var stored = await(store().imports()
				.importTree(owner(), ImportedConversation.of("T", "cria", null, null, messages, "b")));

		var opened = open(stored, stored.leaf(), "And now?");

		assertThat(opened.reply().depth()).isEqualTo(3);
	}

	@Test
	default void importsAllOfAConversationOrNothing() {
		long rows = store().rows();
		var tooLong = new ImportedMessage("b", "a", said("x".repeat(Text.MAX_CONTENT + 1)));
		var imported = ImportedConversation.of("T", "cria", null, null,
				List.of(new ImportedMessage("a", null, said("Hi")), tooLong), "b");

		assertThatThrownBy(() -> await(store().imports().importTree(owner(), imported)))
				.isInstanceOf(InvalidParameter.class).hasMessageStartingWith("'content' can have at most");
		assertThat(store().rows()).isEqualTo(rows);
	}

	@Test
	default void keepsTimesThatNoCalendarHasOut() {
		var never = new ImportedMessage("a", null, said("Hi"), MessageStatus.COMPLETE, null, null, Instant.MAX);
		var imported = new ImportedConversation(null, "cria", null, ReplyParameters.NONE, false, false, Map.of(),
				Instant.MIN, Instant.MAX, List.of(never), "a");

		var stored = await(store().imports().importTree(owner(), imported));

		assertThat(stored.createdAt()).isEqualTo(clock().instant());
		assertThat(messages(stored.id()).getFirst().createdAt()).isEqualTo(clock().instant());
	}

	private List<StoredMessage> messages(ConversationId conversation) {
		var tree = await(store().messages().tree(owner(), conversation));
		return await(store().messages().find(owner(), conversation,
				tree.nodes().stream().map(MessageNode::id).toList()));
	}

}
