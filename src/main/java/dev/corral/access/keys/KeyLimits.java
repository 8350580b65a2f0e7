package dev.corral.access.keys;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;

/**
 * How much a key may use. Of each, {@code null} is what the configuration says for all keys, and 0 any number.
 *
 * @param requestsPerMinute most requests for replies or vectors in a minute, up to {@value #MOST}
 * @param tokensPerMinute most tokens of prompts and replies in a minute, up to {@value #MOST}
 * @param concurrentReplies most replies that are written at once, up to {@value #MOST}
 * @param dailyTokens most tokens of prompts and replies in a day in UTC, up to {@value #MOST}
 */
public record KeyLimits(@Nullable Long requestsPerMinute, @Nullable Long tokensPerMinute,
		@Nullable Long concurrentReplies, @Nullable Long dailyTokens) {

	/** As for all keys. */
	public static final KeyLimits DEFAULT = new KeyLimits(null, null, null, null);

	/** More than any server does, and little enough to be counted with. */
	public static final long MOST = 1_000_000_000_000L;

	/** @throws InvalidParameter naming the one that is out of its range */
	public KeyLimits {
		check("limits.requests_per_minute", requestsPerMinute);
		check("limits.tokens_per_minute", tokensPerMinute);
		check("limits.concurrent_replies", concurrentReplies);
		check("limits.daily_tokens", dailyTokens);
	}

	private static void check(String part, @Nullable Long limit) {
		if (limit != null && (limit < 0 || limit > MOST)) {
			throw new InvalidParameter(part, "must be between 0 and %d, but is %d".formatted(MOST, limit));
		}
	}

}
