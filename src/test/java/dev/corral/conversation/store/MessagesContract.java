package dev.corral.conversation.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.corral.conversation.Feedback;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.StoredMessage;
import dev.corral.conversation.TokenCount;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static dev.corral.conversation.store.StoreUnderTest.replied;
import static dev.corral.conversation.store.StoreUnderTest.run;
import static dev.corral.conversation.store.StoreUnderTest.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The messages of conversations. */
interface MessagesContract extends StoreUnderTest {

	private Messages messages() {
		return store().messages();
	}

	@Test
	default void keepsMessagesThatFollowOnEachOther() {
		var conversation = conversation();
		var call = new ToolCall("call_1", "weather", "{\"city\": \"Zürich\"}");
		var all = List.of(said("What's the weather? ☂"), new Message(Role.ASSISTANT, "", List.of(call), null),
				new Message(Role.TOOL, "rain", List.of(), "call_1"), replied("Rain."));

		var stored = await(messages().append(owner(), conversation.id(), null, all));

		assertThat(stored).extracting(StoredMessage::message).containsExactlyElementsOf(all);
		assertThat(stored).extracting(StoredMessage::depth).containsExactly(0, 1, 2, 3);
		assertThat(stored).allMatch(message -> message.status() == MessageStatus.COMPLETE && message.reply() == null);
		var ids = new ArrayList<>(stored.stream().map(StoredMessage::id).toList());
		Collections.reverse(ids);
		assertThat(await(messages().find(owner(), conversation.id(), ids))).isEqualTo(stored);
		assertThat(await(store().conversations().find(owner(), conversation.id())).leaf()).isEqualTo(ids.getFirst());
	}

	@Test
	default void tellsTheTreeWithoutItsTexts() {
		var conversation = conversation();
		var trunk = await(messages().append(owner(), conversation.id(), null,
				List.of(said("one 😀"), replied("two"), said("three"))));
		var branch = await(messages().append(owner(), conversation.id(), trunk.get(1).id(), List.of(said("other"))));
		run(messages().count(trunk.getFirst().id(), new TokenCount("cria", 3)));

		var tree = await(messages().tree(owner(), conversation.id()));

		assertThat(tree.nodes()).extracting(MessageNode::id).containsExactly(trunk.get(0).id(), trunk.get(1).id(),
				trunk.get(2).id(), branch.getFirst().id());
		assertThat(tree.nodes().getFirst()).isEqualTo(new MessageNode(trunk.getFirst().id(), null, 0, Role.USER,
				MessageStatus.COMPLETE, new TokenCount("cria", 3), 6, clock().instant()));
		assertThat(tree.siblings(branch.getFirst().id())).hasSize(2);
		assertThat(tree.branch(branch.getFirst().id())).extracting(MessageNode::id).containsExactly(
				trunk.get(0).id(), trunk.get(1).id(), branch.getFirst().id());
	}

	@Test
	default void findsAnyNumberOfMessagesByDepth() {
		var conversation = conversation();
		var stored = await(messages().append(owner(), conversation.id(), null,
				IntStream.range(0, 1203).mapToObj(index -> said("message " + index)).toList()));
		var wanted = new ArrayList<>(stored.stream().map(StoredMessage::id).toList());
		Collections.shuffle(wanted, new Random(1));
		wanted.add(MessageId.next());
		wanted.add(wanted.getFirst());

		assertThat(await(messages().find(owner(), conversation.id(), wanted))).isEqualTo(stored);
		assertThat(await(messages().find(owner(), conversation.id(), wanted.subList(0, 7)))).hasSize(7)
				.isSortedAccordingTo((one, other) -> one.depth() - other.depth());
		assertThat(await(messages().find(owner(), conversation.id(), List.of()))).isEmpty();
	}

	@Test
	default void leavesOutMessagesOfOtherConversations() {
		var conversation = conversation();
		var elsewhere = await(messages().append(owner(), conversation().id(), null, List.of(said("elsewhere"))));

		assertThat(await(messages().find(owner(), conversation.id(), List.of(elsewhere.getFirst().id())))).isEmpty();
		assertThatThrownBy(() -> await(messages().append(owner(), conversation.id(), elsewhere.getFirst().id(),
				List.of(said("here"))))).isInstanceOf(NotFound.class);
		assertThatThrownBy(() -> await(
				store().conversations().activate(owner(), conversation.id(), elsewhere.getFirst().id())))
				.isInstanceOf(NotFound.class).hasMessageStartingWith("There is no message");
	}

	@Test
	default void switchesBranches() {
		var conversation = conversation();
		var one = await(messages().append(owner(), conversation.id(), null, List.of(said("one")))).getFirst();
		await(messages().append(owner(), conversation.id(), null, List.of(said("other"))));

		var switched = await(store().conversations().activate(owner(), conversation.id(), one.id()));

		assertThat(switched.leaf()).isEqualTo(one.id());
		assertThat(switched.version()).isEqualTo(1);
	}

	@Test
	default void storesAllOfWhatIsAppendedOrNothing() {
		var conversation = conversation();
		var tooLong = "x".repeat(Text.MAX_CONTENT + 1);

		assertThatThrownBy(() -> await(
				messages().append(owner(), conversation.id(), null, List.of(said("first"), said(tooLong)))))
				.isInstanceOf(InvalidParameter.class)
				.hasMessage("'content' can have at most 1048576 characters to be stored, but has 1048577.");

		assertThat(await(messages().tree(owner(), conversation.id())).nodes()).isEmpty();
		assertThat(await(store().conversations().find(owner(), conversation.id())).leaf()).isNull();
	}

	@Test
	default void keepsTheLongestMessageWhole() {
		var conversation = conversation();
		var longest = "wörd ".repeat(Text.MAX_CONTENT / 5);

		var stored = await(messages().append(owner(), conversation.id(), null, List.of(said(longest)))).getFirst();

		assertThat(await(messages().find(owner(), stored.id())).message().content()).isEqualTo(longest);
	}

	@Test
	default void keepsWhatReadersThinkOfReplies() {
		var opened = open(conversation(), null, "hi");
		var feedback = new Feedback(false, "wrong 😀");

		run(messages().judge(owner(), opened.reply().id(), feedback));
		assertThat(await(messages().find(owner(), opened.reply().id())).feedback()).isEqualTo(feedback);
		run(messages().judge(owner(), opened.reply().id(), null));

		assertThat(await(messages().find(owner(), opened.reply().id())).feedback()).isNull();
		assertThatThrownBy(() -> run(messages().judge(owner(), opened.said().getFirst().id(), feedback)))
				.isInstanceOf(NotPossible.class);
		assertThatThrownBy(
				() -> run(messages().judge(owner(), opened.reply().id(), new Feedback(true, "x".repeat(1001)))))
				.isInstanceOf(InvalidParameter.class);
	}

}
