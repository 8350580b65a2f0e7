package dev.corral.llamacpp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.corral.inference.RepetitionPenalties;

/** Makes tokens that were already used less likely, as {@link RepetitionPenalties} describes. */
final class Penalties {

	private final RepetitionPenalties parameters;

	private final RecentTokens recent;

	private final Map<Integer, Integer> countsInReply;

	Penalties(RepetitionPenalties parameters, List<Integer> promptTokens) {
		this.parameters = parameters;
		recent = new RecentTokens(parameters.rangeTokens());
		countsInReply = new HashMap<>();
		if (parameters.repetition() != 1) {
			promptTokens.forEach(recent::add);
		}
	}

	private Penalties(Penalties other) {
		parameters = other.parameters;
		recent = other.recent.copy();
		countsInReply = new HashMap<>(other.countsInReply);
	}

	Penalties copy() {
		return new Penalties(this);
	}

	/** Notes a token of the reply. */
	void accept(int token) {
		if (parameters.repetition() != 1) {
			recent.add(token);
		}
		if (parameters.presence() != 0 || parameters.frequency() != 0) {
			countsInReply.merge(token, 1, Integer::sum);
		}
	}

	void apply(float[] logits) {
		float repetition = parameters.repetition();
		recent.forEach(token -> logits[token] = logits[token] > 0
				? logits[token] / repetition
				: logits[token] * repetition);
		countsInReply.forEach((token, count) -> logits[token] -= parameters.presence()
				+ count * parameters.frequency());
	}

}
