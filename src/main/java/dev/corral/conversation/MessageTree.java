package dev.corral.conversation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Which messages a conversation has and how they follow on each other. Immutable; the nodes are in the order of their making. */
public final class MessageTree {

	private final Map<MessageId, MessageNode> nodes = new LinkedHashMap<>();

	public MessageTree(List<MessageNode> nodes) {
		nodes.forEach(node -> this.nodes.put(node.id(), node));
	}

	public List<MessageNode> nodes() {
		return List.copyOf(nodes.values());
	}

	public @Nullable MessageNode find(MessageId id) {
		return nodes.get(id);
	}

	/** @throws NotFound if the conversation has no such message */
	public MessageNode get(MessageId id) {
		var node = nodes.get(id);
		if (node == null) {
			throw new NotFound("message", id);
		}
		return node;
	}

	/** The branch that ends with this message, from its first message on; empty without one. */
	public List<MessageNode> branch(@Nullable MessageId leaf) {
		var branch = new ArrayList<MessageNode>();
		for (var id = leaf; id != null; id = branch.getLast().parent()) {
			branch.add(get(id));
		}
		Collections.reverse(branch);
		return branch;
	}

	/** The messages that follow on the same one, this included, in the order of their making. */
	public List<MessageNode> siblings(MessageId id) {
		var parent = get(id).parent();
		return nodes.values().stream().filter(node -> Objects.equals(node.parent(), parent)).toList();
	}

	/** The end of the branch through this message that was last added to: where a reader who switches to it arrives. */
	public MessageNode newestLeaf(MessageId id) {
		var newest = get(id);
		for (var next = newestChild(newest); next != null; next = newestChild(newest)) {
			newest = next;
		}
		return newest;
	}

	private @Nullable MessageNode newestChild(MessageNode node) {
		return nodes.values().stream().filter(child -> node.id().equals(child.parent()))
				.max(Comparator.comparing(MessageNode::createdAt)).orElse(null);
	}

}
