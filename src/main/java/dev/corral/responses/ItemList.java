package dev.corral.responses;

import java.util.List;

/**
 * {@code ConversationItemList} and {@code ResponseItemList} of the OpenAI API: some items of a conversation, in the order asked for. The
 * ids of an empty list are empty.
 */
record ItemList(String object, List<Item> data, String firstId, String lastId, boolean hasMore) {

	static ItemList of(List<Item> items, boolean hasMore) {
		return new ItemList("list", items, items.isEmpty() ? "" : items.getFirst().id(),
				items.isEmpty() ? "" : items.getLast().id(), hasMore);
	}

}
