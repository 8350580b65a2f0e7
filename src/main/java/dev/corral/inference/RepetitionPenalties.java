package dev.corral.inference;

import static dev.corral.inference.Ranges.require;

/**
 * Penalties for tokens that were already used.
 *
 * @param repetition divides positive and multiplies negative logits of tokens seen in the prompt or the reply; in (0, 10], 1 is off
 * (Keskar et al. 2019, "CTRL", section 4.1)
 * @param rangeTokens how many of the latest tokens of prompt and reply the repetition penalty looks at: 0 (none) to
 * {@value #MAX_RANGE_TOKENS}, or {@link #EVERYTHING}
 * @param presence subtracted once from the logit of every token of the reply; in [-2, 2], 0 is off (OpenAI API)
 * @param frequency subtracted for each occurrence in the reply; in [-2, 2], 0 is off (OpenAI API)
 */
public record RepetitionPenalties(float repetition, int rangeTokens, float presence, float frequency) {

	/** The whole prompt and the whole reply. */
	public static final int EVERYTHING = Integer.MAX_VALUE;

	public static final int MAX_RANGE_TOKENS = 32_768;

	/** Nothing is penalized. */
	public static final RepetitionPenalties NONE = new RepetitionPenalties(1, EVERYTHING, 0, 0);

	public RepetitionPenalties {
		require(repetition > 0 && repetition <= 10, "repetition_penalty", "above 0 and at most 10", repetition);
		require(rangeTokens == EVERYTHING || (rangeTokens >= 0 && rangeTokens <= MAX_RANGE_TOKENS), "repeat_last_n",
				"between 0 and " + MAX_RANGE_TOKENS, rangeTokens);
		require(presence >= -2 && presence <= 2, "presence_penalty", "between -2 and 2", presence);
		require(frequency >= -2 && frequency <= 2, "frequency_penalty", "between -2 and 2", frequency);
	}

}
