package dev.corral.chat;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.MessageTree;
import dev.corral.conversation.NotFound;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.QueryFields;

/**
 * Some messages of a branch that follow on each other: its newest, or those before one that the reader has.
 *
 * @param nodes from the oldest on
 * @param next what {@code before} has to be for those that precede them; {@code null} if there are none
 */
record BranchPage(List<MessageNode> nodes, @Nullable String next) {

	BranchPage {
		nodes = List.copyOf(nodes);
	}

	/**
	 * The page that a query asks for with {@code before} and {@code limit}.
	 *
	 * @param leaf the end of the branch; {@code null} if there is none
	 * @param shown which messages are on pages at all
	 * @throws NotFound if there is no message {@code before} on the branch
	 * @throws InvalidParameter if {@code limit} is out of its range
	 */
	static BranchPage of(MessageTree tree, @Nullable MessageId leaf, Predicate<MessageNode> shown, QueryFields query) {
		int limit = Pages.limit(query);
		var branch = tree.branch(leaf).stream().filter(shown).toList();
		var before = query.string("before");
		int end = before == null ? branch.size() : indexOf(branch, MessageId.parse(before));
		int start = Math.max(0, end - limit);
		var nodes = branch.subList(start, end);
		return new BranchPage(nodes, start == 0 ? null : nodes.getFirst().id().toString());
	}

	private static int indexOf(List<MessageNode> branch, MessageId id) {
		for (int i = 0; i < branch.size(); i++) {
			if (branch.get(i).id().equals(id)) {
				return i;
			}
		}
		throw new NotFound("message", id);
	}

	List<MessageId> ids() {
		return nodes.stream().map(MessageNode::id).toList();
	}

}
