package dev.corral.conversation.store;

import java.util.List;
import java.util.function.Function;

import dev.corral.conversation.Page;
import dev.corral.conversation.PageRequest;

/** Makes pages of rows. */
final class Pages {

	private Pages() {
	}

	/**
	 * @param rows as many as were asked for, or one more if there are more
	 * @param cursor where a page ends that has this row as its last
	 */
	static <T> Page<T> cut(List<T> rows, PageRequest page, Function<T, Cursor> cursor) {
		if (rows.size() <= page.limit()) {
			return new Page<>(rows, null);
		}
		var items = rows.subList(0, page.limit());
		return new Page<>(items, cursor.apply(items.getLast()).toString());
	}

}
