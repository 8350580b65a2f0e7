package dev.corral.usage.totals;

/**
 * How much was computed; none of these is negative.
 *
 * @param requests those that came to any token
 * @param promptTokens cached or not
 * @param cachedTokens those of prompts that did not have to be computed
 * @param completionTokens of replies, also of those that were cut short
 */
public record Amount(long requests, long promptTokens, long cachedTokens, long completionTokens) {

	public Amount plus(Amount other) {
		return new Amount(requests + other.requests, promptTokens + other.promptTokens,
				cachedTokens + other.cachedTokens, completionTokens + other.completionTokens);
	}

}
