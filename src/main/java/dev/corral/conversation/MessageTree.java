package dev.corral.conversation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Which messages a conversation has and how they follow on each other. Immutable; the nodes are in the order of their making. */
public final class MessageTree {

	private final Map<MessageId, MessageNode> nodes = new LinkedHashMap<>();

	/** What follows on a message; on {@code null} the first ones. */
	private final Map<@Nullable MessageId, List<MessageNode>> children = new HashMap<>();

	public MessageTree(List<MessageNode> nodes) {
		for (var node : nodes) {
			this.nodes.put(node.id(), node);
			children.computeIfAbsent(node.parent(), _ -> new ArrayList<>()).add(node);
		}
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
		return List.copyOf(childrenOf(get(id).parent()));
	}

	/** The end of the branch through this message that was last added to: where a reader who switches to it arrives. */
	public MessageNode newestLeaf(MessageId id) {
		var newest = get(id);
		for (var next = newestChild(newest); next != null; next = newestChild(newest)) {
			newest = next;
		}
		return newest;
	}

	private List<MessageNode> childrenOf(@Nullable MessageId id) {
		return children.getOrDefault(id, List.of());
	}

	private @Nullable MessageNode newestChild(MessageNode node) {
		return childrenOf(node.id()).stream().max(Comparator.comparing(MessageNode::createdAt)).orElse(null);
	}

}
