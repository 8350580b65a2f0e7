package dev.corral.chat;

import dev.corral.conversation.PageRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.QueryFields;

/** Reads which part of a list is wanted. */
final class Pages {

	private static final int LIMIT = 50;

	private Pages() {
	}

	/**
	 * @throws InvalidParameter if {@code limit} is no number or out of its range
	 */
	static PageRequest asked(QueryFields query) {
		return new PageRequest(query.string("after"), query.integer("limit", LIMIT));
	}

	/**
	 * Most rows.
	 *
	 * @throws InvalidParameter if {@code limit} is no number or out of its range
	 */
	static int limit(QueryFields query) {
		return asked(query).limit();
	}

}
