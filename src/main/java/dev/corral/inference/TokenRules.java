package dev.corral.inference;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import static dev.corral.inference.Ranges.require;

/**
 * What is decided about single tokens beforehand. An engine refuses ids that its vocabulary does not have.
 *
 * @param logitBias added to the logits of single tokens, by token id; values in [-100, 100]
 * @param allowed the only tokens that may be chosen, 1 to {@value #MAX_TOKEN_IDS} of them; {@code null} allows all. Tokens that end the
 * generation are no exception
 * @param banned tokens that are never chosen, at most {@value #MAX_TOKEN_IDS}
 * @param minTokens the reply does not end by a token that ends the generation before it has so many tokens, 0 or more; a stop
 * sequence may still end it
 * @param ignoreEndOfGeneration whether tokens that end the generation are never chosen
 * @param stopTokens further tokens that end this generation, at most {@value #MAX_TOKEN_IDS}; {@code minTokens} holds for them too
 */
public record TokenRules(Map<Integer, Float> logitBias, @Nullable Set<Integer> allowed, Set<Integer> banned,
		int minTokens, boolean ignoreEndOfGeneration, Set<Integer> stopTokens) {

	public static final int MAX_TOKEN_IDS = 4096;

	/** Every token may be chosen. */
	public static final TokenRules NONE = new TokenRules(Map.of(), null, Set.of(), 0, false, Set.of());

	public TokenRules {
		logitBias = Map.copyOf(logitBias);
		allowed = allowed == null ? null : Set.copyOf(allowed);
		banned = Set.copyOf(banned);
		stopTokens = Set.copyOf(stopTokens);
		logitBias.forEach((token, bias) -> {
			require(token >= 0, "logit_bias", "token ids of 0 or more", token);
			require(bias >= -100 && bias <= 100, "logit_bias", "between -100 and 100", bias);
		});
		if (allowed != null) {
			if (allowed.isEmpty()) {
				throw new InvalidParameter("allowed_token_ids", "must hold at least one token id, but holds none");
			}
			check("allowed_token_ids", allowed);
		}
		check("banned_token_ids", banned);
		check("stop_token_ids", stopTokens);
		require(minTokens >= 0, "min_tokens", "0 or more", minTokens);
	}

	public TokenRules(Map<Integer, Float> logitBias, @Nullable Set<Integer> allowed, Set<Integer> banned, int minTokens,
			boolean ignoreEndOfGeneration) {
		this(logitBias, allowed, banned, minTokens, ignoreEndOfGeneration, Set.of());
	}

	private static void check(String parameter, Set<Integer> tokens) {
		if (tokens.size() > MAX_TOKEN_IDS) {
			throw new InvalidParameter(parameter,
					"may hold at most %d token ids, but holds %d".formatted(MAX_TOKEN_IDS, tokens.size()));
		}
		tokens.stream().filter(token -> token < 0).findAny().ifPresent(token -> {
			throw new InvalidParameter(parameter, "must hold token ids of 0 or more, but one is " + token);
		});
	}

	public TokenRules withLogitBias(Map<Integer, Float> logitBias) {
		return new TokenRules(logitBias, allowed, banned, minTokens, ignoreEndOfGeneration, stopTokens);
	}

	public TokenRules withAllowed(Set<Integer> allowed) {
		return new TokenRules(logitBias, allowed, banned, minTokens, ignoreEndOfGeneration, stopTokens);
	}

	public TokenRules withBanned(Set<Integer> banned) {
		return new TokenRules(logitBias, allowed, banned, minTokens, ignoreEndOfGeneration, stopTokens);
	}

	public TokenRules withMinTokens(int minTokens) {
		return new TokenRules(logitBias, allowed, banned, minTokens, ignoreEndOfGeneration, stopTokens);
	}

	public TokenRules withoutEndOfGeneration() {
		return new TokenRules(logitBias, allowed, banned, minTokens, true, stopTokens);
	}

	public TokenRules withStopTokens(Set<Integer> stopTokens) {
		return new TokenRules(logitBias, allowed, banned, minTokens, ignoreEndOfGeneration, stopTokens);
	}

}
