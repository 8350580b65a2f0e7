package dev.corral.conversation;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.corral.template.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessageTreeTests {

	private final MessageNode question = node(null, 0, 1);

	private final MessageNode edited = node(null, 0, 2);

	private final MessageNode reply = node(question, 1, 3);

	private final MessageNode another = node(question, 1, 4);

	private final MessageNode next = node(reply, 2, 5);

	private final MessageTree tree = new MessageTree(List.of(question, edited, reply, another, next));

	@Test
	void followsABranchToItsBeginning() {
		assertThat(tree.branch(next.id())).containsExactly(question, reply, next);
		assertThat(tree.branch(edited.id())).containsExactly(edited);
		assertThat(tree.branch(null)).isEmpty();
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> tree.branch(MessageId.next()));
	}

	@Test
	void knowsWhatElseFollowsOnTheSameMessage() {
		assertThat(tree.siblings(another.id())).containsExactly(reply, another);
		assertThat(tree.siblings(question.id())).containsExactly(question, edited);
		assertThat(tree.siblings(next.id())).containsExactly(next);
	}

	@Test
	void leadsToTheEndThatWasLastAddedTo() {
		assertThat(tree.newestLeaf(question.id())).as("by the newest reply").isEqualTo(another);
		assertThat(tree.newestLeaf(reply.id())).isEqualTo(next);
		assertThat(tree.newestLeaf(next.id())).isEqualTo(next);
	}

	private static MessageNode node(@Nullable MessageNode parent, int depth, int second) {
		return new MessageNode(MessageId.next(), parent == null ? null : parent.id(), depth,
				depth % 2 == 0 ? Role.USER : Role.ASSISTANT, MessageStatus.COMPLETE, null, 1,
				Instant.EPOCH.plusSeconds(second));
	}

}
