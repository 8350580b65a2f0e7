package dev.corral.generation;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyError;
import dev.corral.inference.FinishReason;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.template.ToolCall;

/**
 * What is told about a stored reply while it comes about: {@link Queued}, {@link Window} and {@link Prefill} before its text, each any
 * number of times; {@link Delta}s, which together are its text; {@link Called} for each call of a tool; {@link Used} and at last
 * {@link Done} or {@link Failed}.
 */
public sealed interface ReplyProgress {

	/**
	 * The reply waits.
	 *
	 * @param position how many are before it, if that is known
	 */
	record Queued(@Nullable Integer position) implements ReplyProgress {
	}

	/** The prompt is made. */
	record Window(WindowReport report) implements ReplyProgress {
	}

	/**
	 * How much of the prompt is read.
	 *
	 * @param cachedTokens those that had been read before
	 */
	record Prefill(int processedTokens, int promptTokens, int cachedTokens) implements ReplyProgress {
	}

	/** More text of the reply, never empty. */
	record Delta(String text) implements ReplyProgress {
	}

	/** The reply calls a tool; its arguments are complete. */
	record Called(int index, ToolCall call) implements ReplyProgress {
	}

	/** What the reply took. */
	record Used(Usage usage, Timings timings) implements ReplyProgress {
	}

	/** The reply has ended, and is stored as it is. */
	record Done(MessageStatus status, @Nullable FinishReason finishReason) implements ReplyProgress {
	}

	/**
	 * The reply could not go on; what it had is stored.
	 */
	record Failed(ReplyError error) implements ReplyProgress {
	}

}
