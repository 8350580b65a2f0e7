package dev.corral.inference;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How the next token is chosen. Applied in this order: logit bias, repetition penalty, presence and frequency penalties,
 * temperature, top-k, top-p, min-p, then one draw.
 *
 * @param temperature 0 (greedy: always the most likely token) to 2
 * @param topK keep the k most likely tokens; 0 keeps all
 * @param topP keep the smallest set of tokens whose probabilities reach this sum; in (0, 1], 1 keeps all
 * @param minP drop tokens less likely than this share of the most likely one; in [0, 1], 0 keeps all
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens seen in the prompt or the reply; in
 * (0, 10], 1 is off (Keskar et al. 2019, CTRL, section 4.1)
 * @param presencePenalty subtracted once from the logit of every token of the reply; in [-2, 2], 0 is off
 * @param frequencyPenalty subtracted for each occurrence in the reply; in [-2, 2], 0 is off
 * @param logitBias added to the logits of single tokens, by token id; values in [-100, 100]
 * @param seed makes the draws repeatable; {@code null} takes a fresh one
 */
public record SamplingParameters(float temperature, int topK, float topP, float minP, float repetitionPenalty,
		float presencePenalty, float frequencyPenalty, Map<Integer, Float> logitBias, @Nullable Long seed) {

	/** Temperature 1 and nothing cut off: the model's own distribution. */
	public static final SamplingParameters DEFAULTS = new SamplingParameters(1, 0, 1, 0, 1, 0, 0, Map.of(), null);

	/** Always the most likely token. */
	public static final SamplingParameters GREEDY = DEFAULTS.withTemperature(0);

	public SamplingParameters {
		require(temperature >= 0 && temperature <= 2, "temperature", "between 0 and 2", temperature);
		require(topK >= 0, "top_k", "0 or more", topK);
		require(topP > 0 && topP <= 1, "top_p", "above 0 and at most 1", topP);
		require(minP >= 0 && minP <= 1, "min_p", "between 0 and 1", minP);
		require(repetitionPenalty > 0 && repetitionPenalty <= 10, "repetition_penalty", "above 0 and at most 10",
				repetitionPenalty);
		require(presencePenalty >= -2 && presencePenalty <= 2, "presence_penalty", "between -2 and 2", presencePenalty);
		require(frequencyPenalty >= -2 && frequencyPenalty <= 2, "frequency_penalty", "between -2 and 2",
				frequencyPenalty);
		logitBias = Map.copyOf(logitBias);
		logitBias.forEach((token, bias) -> {
			require(token >= 0, "logit_bias", "token ids of 0 or more", token);
			require(bias >= -100 && bias <= 100, "logit_bias", "between -100 and 100", bias);
		});
	}

	public boolean greedy() {
		return temperature == 0;
	}

	public SamplingParameters withTemperature(float temperature) {
		return new SamplingParameters(temperature, topK, topP, minP, repetitionPenalty, presencePenalty,
				frequencyPenalty, logitBias, seed);
	}

	public SamplingParameters withSeed(long seed) {
		return new SamplingParameters(temperature, topK, topP, minP, repetitionPenalty, presencePenalty,
				frequencyPenalty, logitBias, seed);
	}

	/** NaN fails every comparison, so it is refused by each of the checks above. */
	private static void require(boolean condition, String parameter, String range, Number actual) {
		if (!condition) {
			throw new InvalidParameter(parameter, "must be " + range + ", but is " + actual);
		}
	}

}
