package dev.corral.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A conversation that was searched for.
 *
 * @param message the message that holds the words; {@code null} if the title does
 * @param excerpt the text around them
 * @param marks where the words are in the excerpt, in order
 */
public record SearchHit(Conversation conversation, @Nullable MessageId message, String excerpt, List<Mark> marks) {

	public static final int MAX_QUERY_LENGTH = 200;

	/** A part of a text, in UTF-16 units from its beginning, the end not included. */
	public record Mark(int start, int end) {
	}

}
