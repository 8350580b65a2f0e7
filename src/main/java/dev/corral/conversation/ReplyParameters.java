package dev.corral.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowPolicy;

/**
 * How replies of a conversation are to be generated, as far as somebody has said; {@code null} leaves a choice to whoever comes next.
 * Names and ranges are those of the OpenAI API.
 *
 * @param maxTokens longest reply in tokens, at least 1
 * @param stop texts that end a reply; {@code null} for nothing said
 * @param window what is done when the window is full
 */
public record ReplyParameters(@Nullable Integer maxTokens, @Nullable Float temperature, @Nullable Float topP,
		@Nullable Integer topK, @Nullable Float minP, @Nullable Float presencePenalty, @Nullable Float frequencyPenalty,
		@Nullable Float repetitionPenalty, @Nullable Long seed, @Nullable List<String> stop,
		@Nullable WindowPolicy window) {

	public static final ReplyParameters NONE = new ReplyParameters(null, null, null, null, null, null, null, null, null,
			null, null);

	public ReplyParameters {
		stop = stop == null ? null : List.copyOf(stop);
	}

	/** These, and what they leave open as in the others. */
	public ReplyParameters orElse(ReplyParameters others) {
		return new ReplyParameters(first(maxTokens, others.maxTokens), first(temperature, others.temperature),
				first(topP, others.topP), first(topK, others.topK), first(minP, others.minP),
				first(presencePenalty, others.presencePenalty), first(frequencyPenalty, others.frequencyPenalty),
				first(repetitionPenalty, others.repetitionPenalty), first(seed, others.seed), first(stop, others.stop),
				first(window, others.window));
	}

	private static <T> @Nullable T first(@Nullable T value, @Nullable T other) {
		return value == null ? other : value;
	}

}
