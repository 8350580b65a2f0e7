package dev.corral.openai;

import java.util.HashMap;
import java.util.Map;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.SamplingParameters;

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
		var topK = fields.integer("top_k");
		return new SamplingParameters(fields.number("temperature", defaults.temperature()),
				topK == null ? defaults.topK() : topK, topP(fields, defaults), fields.number("min_p", defaults.minP()),
				fields.number("repetition_penalty", defaults.repetitionPenalty()),
				fields.number("presence_penalty", defaults.presencePenalty()),
				fields.number("frequency_penalty", defaults.frequencyPenalty()), logitBias(fields),
				fields.longInteger("seed"));
	}

	/** The API allows 0, the limit at which only the most likely token is left. */
	private static float topP(JsonFields fields, SamplingParameters defaults) {
		var topP = fields.number("top_p", defaults.topP());
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
