package dev.corral.conversation;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;

/**
 * Which rows of a list are wanted: those after a key, so that a page costs the same however far down it is.
 *
 * @param after where the page before ended, from its {@link Page#next}; {@code null} for the first
 * @param limit most rows, 1 to {@value #MAX_LIMIT}
 */
public record PageRequest(@Nullable String after, int limit) {

	public static final int MAX_LIMIT = 200;

	/** @throws InvalidParameter if the limit is out of range */
	public PageRequest {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new InvalidParameter("limit", "must be between 1 and %d, but is %d".formatted(MAX_LIMIT, limit));
		}
	}

}
