package dev.corral.conversation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.Truncation;

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

	/**
	 * How tokens are chosen; what is left open is as in {@link SamplingParameters#DEFAULTS}.
	 *
	 * @throws InvalidParameter if a value is out of its range
	 */
	public SamplingParameters sampling() {
		var defaults = SamplingParameters.DEFAULTS;
		var truncation = new Truncation(0, orElse(topK, 0), 1, orElse(topP, 1f), orElse(minP, 0f));
		var penalties = new RepetitionPenalties(orElse(repetitionPenalty, 1f), RepetitionPenalties.EVERYTHING,
				orElse(presencePenalty, 0f), orElse(frequencyPenalty, 0f));
		var sampling = defaults.withTemperature(orElse(temperature, defaults.temperature()))
				.withTruncation(truncation).withPenalties(penalties);
		return seed == null ? sampling : sampling.withSeed(seed);
	}

	private static <T> T orElse(@Nullable T value, T other) {
		return value == null ? other : value;
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
