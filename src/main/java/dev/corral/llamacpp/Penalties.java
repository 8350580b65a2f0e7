package dev.corral.llamacpp;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.corral.inference.SamplingParameters;

/** Makes tokens that were already used less likely, as {@link SamplingParameters} describes. */
final class Penalties {

	private final SamplingParameters parameters;

	private final BitSet seen = new BitSet();

	private final Map<Integer, Integer> countsInReply = new HashMap<>();

	Penalties(SamplingParameters parameters, List<Integer> promptTokens) {
		this.parameters = parameters;
		if (parameters.repetitionPenalty() != 1) {
			promptTokens.forEach(seen::set);
		}
	}

	/** Notes a token of the reply. */
	void accept(int token) {
		if (parameters.repetitionPenalty() != 1) {
			seen.set(token);
		}
		if (parameters.presencePenalty() != 0 || parameters.frequencyPenalty() != 0) {
			countsInReply.merge(token, 1, Integer::sum);
		}
	}

	void apply(float[] logits) {
		float repetition = parameters.repetitionPenalty();
		for (int token = seen.nextSetBit(0); token >= 0; token = seen.nextSetBit(token + 1)) {
			logits[token] = logits[token] > 0 ? logits[token] / repetition : logits[token] * repetition;
		}
		countsInReply.forEach((token, count) -> logits[token] -= parameters.presencePenalty()
				+ count * parameters.frequencyPenalty());
	}

}
