package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.TokenRules;

/** Applies {@link TokenRules} to logits. */
final class RuledTokens {

	private static final float NEVER = Float.NEGATIVE_INFINITY;

	private final TokenRules rules;

	/** In rising order; {@code null} allows all. */
	private final int @Nullable [] allowed;

	private final Set<Integer> endOfGeneration;

	RuledTokens(TokenRules rules, Set<Integer> endOfGeneration) {
		this.rules = rules;
		allowed = rules.allowed() == null
				? null
				: rules.allowed().stream().mapToInt(Integer::intValue).sorted().toArray();
		this.endOfGeneration = endOfGeneration;
	}

	/** @param replyTokens length of the reply so far */
	void apply(float[] logits, int replyTokens) {
		rules.logitBias().forEach((token, bias) -> logits[token] += bias);
		if (allowed != null) {
			keepOnly(allowed, logits);
		}
		rules.banned().forEach(token -> logits[token] = NEVER);
		if (rules.ignoreEndOfGeneration() || replyTokens < rules.minTokens()) {
			endOfGeneration.forEach(token -> logits[token] = NEVER);
		}
		if (replyTokens < rules.minTokens()) {
			rules.stopTokens().forEach(token -> logits[token] = NEVER);
		}
	}

	/** Whether the reply ends with this token because the request says so. */
	boolean stopsAt(int token) {
		return rules.stopTokens().contains(token);
	}

	/** Whether a token may be chosen that does not end the generation. */
	boolean allow(int token) {
		return !stopsAt(token) && !rules.banned().contains(token)
				&& (allowed == null || Arrays.binarySearch(allowed, token) >= 0);
	}

	private static void keepOnly(int[] tokens, float[] logits) {
		int next = 0;
		for (int token : tokens) {
			Arrays.fill(logits, next, token, NEVER);
			next = token + 1;
		}
		Arrays.fill(logits, next, logits.length, NEVER);
	}

}
