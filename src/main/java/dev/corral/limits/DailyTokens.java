package dev.corral.limits;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InferenceFailure.RateLimitExceeded;
import dev.corral.limits.Standing.Window;

/** Tokens of the present day in UTC. Used under its owner's lock. */
final class DailyTokens {

	private final long limit;

	private final Clock clock;

	private LocalDate day;

	private long used;

	/** @param limit 0 for any number */
	DailyTokens(long limit, Clock clock) {
		this.limit = limit;
		this.clock = clock;
		this.day = today();
	}

	/** @throws InferenceFailure.RateLimitExceeded if there are not so many left, or none */
	void check(int tokens) {
		turn();
		if (limit > 0 && used + Math.max(1, tokens) > limit) {
			throw new RateLimitExceeded("tokens per day", limit, used + tokens, untilMidnight());
		}
	}

	/** @param tokens what goes out; what comes back, if negative */
	void take(long tokens) {
		turn();
		used = Math.max(0, used + tokens);
	}

	Window window() {
		return new Window(limit, Math.max(0, limit - used), untilMidnight());
	}

	private void turn() {
		var today = today();
		if (!today.equals(day)) {
			day = today;
			used = 0;
		}
	}

	private LocalDate today() {
		return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
	}

	private Duration untilMidnight() {
		return Duration.between(clock.instant(), day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
	}

}
