package dev.corral.inference;

import java.util.List;

import static dev.corral.inference.Ranges.require;

/**
 * "Don't repeat yourself" (Weidmann 2024, text-generation-webui pull request 5677): a token that would make the end of the text
 * repeat an earlier passage is penalized, by {@code multiplier * base^(n - allowedTokens)} when n tokens before it are the same as
 * there and n is at least {@code allowedTokens}. Words may come again; passages may not.
 *
 * @param multiplier 0 to 100, 0 is off; the penalty of the shortest repetition
 * @param base 1 to 10: how much worse each further token makes it
 * @param allowedTokens 1 to 1024: shorter repetitions are free
 * @param rangeTokens how many of the latest tokens of prompt and reply are looked at, 0 (none) to {@value #MAX_RANGE_TOKENS}; the time
 * for a token grows with it
 * @param sequenceBreakers texts that no repetition extends across, and that may be repeated themselves: at most
 * {@value #MAX_SEQUENCE_BREAKERS} of 1 to {@value #MAX_BREAKER_CHARACTERS} characters. A token in which such a text ends is a
 * breaker, and every control token is
 */
public record Dry(float multiplier, float base, int allowedTokens, int rangeTokens, List<String> sequenceBreakers) {

	public static final int MAX_RANGE_TOKENS = 8192;

	public static final int MAX_SEQUENCE_BREAKERS = 16;

	public static final int MAX_BREAKER_CHARACTERS = 64;

	/** The usual values. */
	public static final Dry DEFAULTS = new Dry(0.8f, 1.75f, 2, MAX_RANGE_TOKENS, List.of("\n", ":", "\"", "*"));

	public Dry {
		sequenceBreakers = List.copyOf(sequenceBreakers);
		require(multiplier >= 0 && multiplier <= 100, "dry_multiplier", "between 0 and 100", multiplier);
		require(base >= 1 && base <= 10, "dry_base", "between 1 and 10", base);
		require(allowedTokens >= 1 && allowedTokens <= 1024, "dry_allowed_length", "between 1 and 1024", allowedTokens);
		require(rangeTokens >= 0 && rangeTokens <= MAX_RANGE_TOKENS, "dry_penalty_last_n",
				"between 0 and " + MAX_RANGE_TOKENS, rangeTokens);
		if (sequenceBreakers.size() > MAX_SEQUENCE_BREAKERS) {
			throw new InvalidParameter("dry_sequence_breakers", "may hold at most %d texts, but holds %d"
					.formatted(MAX_SEQUENCE_BREAKERS, sequenceBreakers.size()));
		}
		for (var breaker : sequenceBreakers) {
			if (breaker.isEmpty() || breaker.length() > MAX_BREAKER_CHARACTERS) {
				throw new InvalidParameter("dry_sequence_breakers",
						"must hold texts of 1 to %d characters, but one has %d"
								.formatted(MAX_BREAKER_CHARACTERS, breaker.length()));
			}
		}
	}

	public Dry withMultiplier(float multiplier) {
		return new Dry(multiplier, base, allowedTokens, rangeTokens, sequenceBreakers);
	}

}
