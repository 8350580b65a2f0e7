package dev.corral.chat;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.MessageTree;

/**
 * All messages of a conversation without their texts, in the order of their making.
 *
 * @param leafId the newest message of the active branch
 */
record MessageTreeAnswer(@Nullable String leafId, List<Node> messages) {

	static MessageTreeAnswer of(Conversation conversation, MessageTree tree) {
		return new MessageTreeAnswer(MessageAnswer.text(conversation.leaf()),
				tree.nodes().stream().map(Node::of).toList());
	}

	/** Components as in {@link MessageNode}. */
	record Node(String id, @Nullable String parentId, int depth, String role, String status, int characters,
			Instant createdAt) {

		static Node of(MessageNode node) {
			return new Node(node.id().toString(), MessageAnswer.text(node.parent()), node.depth(),
					MessageAnswer.role(node.role()), node.status().id(), node.characters(), node.createdAt());
		}

	}

}
