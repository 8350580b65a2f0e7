package dev.corral.conversation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowPolicy;

/**
 * A part of a branch that no longer goes to the model, in one cut.
 *
 * @param first the first message that was cut
 * @param last the last one; on one branch, a later segment begins after it
 * @param recap a summary of everything up to the last one; {@code null} where the policy makes none
 * @param recapTokens its tokens for the model that wrote it; 0 without one
 */
public record Segment(MessageId first, MessageId last, WindowPolicy policy, @Nullable String recap, int recapTokens,
		Instant createdAt) {
}
