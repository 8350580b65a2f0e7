package dev.corral.conversation;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowReport;
import dev.corral.inference.FinishReason;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;

/**
 * How a reply came about, as far as it is known by now.
 *
 * @param model who wrote it
 * @param window what of the conversation the model was given
 * @param usage tokens of all its generations together, if it was continued
 * @param timings those of its last generation
 * @param timeToFirstToken from the request to the first text
 * @param error what went wrong, if it failed
 * @param finishedAt when it ended
 */
public record ReplyFacts(String model, @Nullable WindowReport window, @Nullable Usage usage,
		@Nullable FinishReason finishReason, @Nullable Timings timings, @Nullable Duration timeToFirstToken,
		@Nullable ReplyError error, @Nullable Instant finishedAt) {

	/** A reply that has just been asked for. */
	public static ReplyFacts asked(String model) {
		return new ReplyFacts(model, null, null, null, null, null, null, null);
	}

}
