package dev.corral.limits;

import java.time.Duration;

import dev.corral.limits.Standing.Window;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/** A bucket that is full at first and fills up steadily, as much in a minute as it holds. Used under its owner's lock. */
final class MinuteBucket {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final long limit;

	private final Bucket bucket;

	/** @param limit what it holds, at least 1 */
	MinuteBucket(long limit, TimeMeter time) {
		this.limit = limit;
		this.bucket = Bucket.builder().addLimit(rate -> rate.capacity(limit).refillGreedy(limit, MINUTE))
				.withCustomTimePrecision(time).build();
	}

	long limit() {
		return limit;
	}

	/** What is missing in it, more than it holds where there are debts. */
	long used() {
		return limit - bucket.getAvailableTokens();
	}

	/** How long until so much is in it; zero if it is. */
	Duration until(long amount) {
		return Duration.ofNanos(bucket.estimateAbilityToConsume(amount).getNanosToWaitForRefill());
	}

	/** @param amount what goes out, be it more than is in it; what comes back, if negative */
	void take(long amount) {
		if (amount > 0) {
			bucket.consumeIgnoringRateLimits(amount);
		} else if (amount < 0) {
			bucket.addTokens(-amount);
		}
	}

	Window window() {
		var missing = used();
		return new Window(limit, Math.max(0, limit - missing),
				Duration.ofNanos((long) ((double) MINUTE.toNanos() * missing / limit)));
	}

}
