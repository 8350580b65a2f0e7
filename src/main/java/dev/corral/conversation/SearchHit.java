package dev.corral.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A conversation that was searched for.
 *
 * @param message the message that holds the words; {@code null} if the title does
 * @param excerpt the text around them
 */
public record SearchHit(Conversation conversation, @Nullable MessageId message, String excerpt) {

	public static final int MAX_QUERY_LENGTH = 200;

}
