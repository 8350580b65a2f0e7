package dev.corral.openai;

import java.util.HashMap;
import java.util.Map;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.RepetitionPenalties;
import dev.corral.inference.SamplingParameters;
import dev.corral.inference.TokenRules;
import dev.corral.inference.Truncation;

/**
 * Reads how tokens are to be chosen. Beside the parameters of the OpenAI API, those that other open-model servers take in
 * the same place: {@code top_k}, {@code min_p} and {@code repetition_penalty}. Ranges are checked by
 * {@link SamplingParameters}.
 */
final class SamplingParser {

	static final int MAX_LOGIT_BIASES = 300;

	private SamplingParser() {
	}

	static SamplingParameters parse(JsonFields fields) {
		var defaults = SamplingParameters.DEFAULTS;
		return new SamplingParameters(fields.number("temperature", defaults.temperature()), truncation(fields), null,
				null, penalties(fields), null, TokenRules.NONE.withLogitBias(logitBias(fields)),
				fields.longInteger("seed"));
	}

	private static Truncation truncation(JsonFields fields) {
		var topK = fields.integer("top_k");
		return Truncation.NONE.withTopK(topK == null ? 0 : topK).withTopP(topP(fields))
				.withMinP(fields.number("min_p", 0));
	}

	private static RepetitionPenalties penalties(JsonFields fields) {
		return new RepetitionPenalties(fields.number("repetition_penalty", 1), RepetitionPenalties.EVERYTHING,
				fields.number("presence_penalty", 0), fields.number("frequency_penalty", 0));
	}

	/** The API allows 0, the limit at which only the most likely token is left. */
	private static float topP(JsonFields fields) {
		var topP = fields.number("top_p", 1);
		return topP == 0 ? Float.MIN_NORMAL : topP;
	}

	private static Map<Integer, Float> logitBias(JsonFields fields) {
		var given = fields.object("logit_bias");
		if (given == null) {
			return Map.of();
		}
		if (given.size() > MAX_LOGIT_BIASES) {
			throw fields.invalid("logit_bias",
					"may hold at most %d entries, but holds %d".formatted(MAX_LOGIT_BIASES, given.size()));
		}
		var biases = new HashMap<Integer, Float>();
		given.numbers().forEach((token, bias) -> biases.put(tokenId(fields, token), bias));
		return biases;
	}

	/** @throws InvalidParameter if the key is not a whole number in decimal digits */
	private static int tokenId(JsonFields fields, String key) {
		if (!key.matches("\\d{1,9}")) {
			throw fields.invalid("logit_bias", "must have token ids as keys");
		}
		return Integer.parseInt(key);
	}

}
