package dev.corral.chat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.ReplyFacts;
import dev.corral.inference.FinishReason;

/**
 * How a reply came about; components as in {@link ReplyFacts}.
 *
 * @param finishReason {@code stop}, {@code length}, {@code cancelled} or {@code error}
 */
record ReplyAnswer(String model, @Nullable WindowAnswer window, @Nullable UsageAnswer usage,
		@Nullable String finishReason, @Nullable TimingsAnswer timings, @Nullable Long timeToFirstTokenMillis,
		@Nullable Error error, @Nullable Instant finishedAt) {

	/** @param branch the messages before the reply, as in {@link WindowAnswer#of} */
	static ReplyAnswer of(ReplyFacts facts, List<MessageId> branch) {
		var window = facts.window();
		var usage = facts.usage();
		var timings = facts.timings();
		var first = facts.timeToFirstToken();
		var error = facts.error();
		return new ReplyAnswer(facts.model(), window == null ? null : WindowAnswer.of(window, branch),
				usage == null ? null : UsageAnswer.of(usage), text(facts.finishReason()),
				timings == null ? null : TimingsAnswer.of(timings), first == null ? null : first.toMillis(),
				error == null ? null : new Error(error.code(), error.message()), facts.finishedAt());
	}

	static @Nullable String text(@Nullable FinishReason reason) {
		return reason == null ? null : reason.name().toLowerCase(Locale.ROOT);
	}

	/** Why the reply could not go on. */
	record Error(String code, String message) {
	}

}
