package dev.corral.conversation;

import org.jspecify.annotations.Nullable;

/**
 * What a reader thinks of a reply.
 *
 * @param reason in the reader's words, at most {@value #MAX_REASON_LENGTH} characters
 */
public record Feedback(boolean good, @Nullable String reason) {

	public static final int MAX_REASON_LENGTH = 1000;

}
