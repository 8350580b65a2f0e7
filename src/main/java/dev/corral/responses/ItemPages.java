package dev.corral.responses;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.QueryFields;
import reactor.core.publisher.Mono;

/** Lists the items of a branch, page by page. Of the branch itself only its skeleton is read, however long it is. */
@Component
class ItemPages {

	private static final int MAX_LIMIT = 100;

	private static final int USUAL_LIMIT = 20;

	private final EarlierMessages messages;

	ItemPages(EarlierMessages messages) {
		this.messages = messages;
	}

	Mono<ItemList> page(Owner owner, ConversationId conversation, @Nullable MessageId leaf, Wanted wanted) {
		return messages.nodes(owner, conversation, leaf).flatMap(branch -> {
			var ordered = wanted.newestFirst() ? branch.reversed() : branch;
			// Every message is an item at least, so these are enough for a page and to know whether more follows.
			var ids = ordered.stream().map(MessageNode::id).skip(start(ordered, wanted.after()))
					.limit(wanted.limit() + 2L).toList();
			return messages.find(owner, conversation, ids).map(found -> list(found, wanted));
		});
	}

	/** Where the message of the item is after which the page begins. */
	private static int start(List<MessageNode> nodes, @Nullable String after) {
		if (after == null) {
			return 0;
		}
		var message = ItemId.parse(after).message();
		for (int i = 0; i < nodes.size(); i++) {
			if (nodes.get(i).id().equals(message)) {
				return i;
			}
		}
		throw new NotFound("item", after);
	}

	private static ItemList list(List<StoredMessage> found, Wanted wanted) {
		var items = new ArrayList<Item>();
		found.forEach(message -> items.addAll(Item.of(message)));
		List<Item> ordered = wanted.newestFirst() ? items.reversed() : items;
		int from = wanted.after() == null ? 0 : behind(ordered, wanted.after());
		int to = Math.min(from + wanted.limit(), ordered.size());
		return ItemList.of(List.copyOf(ordered.subList(from, to)), to < ordered.size());
	}

	private static int behind(List<Item> items, String after) {
		for (int i = 0; i < items.size(); i++) {
			if (items.get(i).id().equals(after)) {
				return i + 1;
			}
		}
		throw new NotFound("item", after);
	}

	/**
	 * Which items a request wants.
	 *
	 * @param after the item that the page follows; {@code null} for the first page
	 * @param limit most items, 1 to {@value #MAX_LIMIT}
	 */
	record Wanted(@Nullable String after, int limit, boolean newestFirst) {

		/** @throws InvalidParameter if the limit is out of range, or the order none */
		static Wanted of(QueryFields query) {
			int limit = query.integer("limit", USUAL_LIMIT);
			if (limit < 1 || limit > MAX_LIMIT) {
				throw new InvalidParameter("limit",
						"must be between 1 and %d, but is %d".formatted(MAX_LIMIT, limit));
			}
			return new Wanted(query.string("after"), limit, switch (query.string("order", "desc")) {
				case "asc" -> false;
				case "desc" -> true;
				default -> throw new InvalidParameter("order", "must be asc or desc");
			});
		}

	}

}
