package dev.corral.conversation.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Conversation;
import dev.corral.inference.InvalidParameter;

/**
 * Where a page of conversations ended: what they are ordered by, all descending.
 *
 * @param first whether the conversation belongs to those that come before all others: pinned in a list, found by its title in a search
 */
record Cursor(boolean first, Instant updatedAt, UUID id) {

	private static final int PARTS = 4;

	/** The end of the year 9999, in seconds. No database knows all times that Java does. */
	private static final long LATEST = 253_402_300_799L;

	static Cursor of(boolean first, Conversation conversation) {
		return new Cursor(first, conversation.updatedAt(), conversation.id().value());
	}

	/** @throws InvalidParameter if the text is not one that {@link #toString} has made */
	static @Nullable Cursor parse(@Nullable String text) {
		if (text == null) {
			return null;
		}
		try {
			var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", -1);
			if (parts.length == PARTS) {
				return new Cursor(parts[0].equals("1"), time(Long.parseLong(parts[1]), Integer.parseInt(parts[2])),
						UUID.fromString(parts[3]));
			}
		} catch (IllegalArgumentException invalid) {
			// Is told below.
		}
		throw new InvalidParameter("after", "must be where a page before has ended");
	}

	private static Instant time(long seconds, int nanos) {
		if (seconds < 0 || seconds > LATEST || nanos < 0) {
			throw new IllegalArgumentException();
		}
		return Instant.ofEpochSecond(seconds, nanos);
	}

	/** Safe in a URL. */
	@Override
	public String toString() {
		var text = "%d %d %d %s".formatted(first ? 1 : 0, updatedAt.getEpochSecond(), updatedAt.getNano(), id);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
	}

}
