package dev.corral.cli.bench;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;

/**
 * How much of what is sent.
 *
 * @param users how many send at the same time; where requests arrive by a rate, how many there are
 * @param requests of each user one after the other; turns, rounds or visits, as the workload says
 * @param rate mean arrivals per second (open loop: they do not wait for replies), 0 for a closed loop
 * @param systemTokens about the length of the system prompt, 0 for none
 * @param promptTokens about the length of what the workload varies
 * @param maxTokens length of a reply
 * @param conversations how many the workload revisits
 * @param thinkTime between a reply and the user's next turn
 * @param duration of a workload that ends by time
 * @param warmup requests before the first that counts
 * @param seed of all words and all sampling
 * @param skipOpening whether the conversations were opened by an earlier run
 * @param state where conversations are kept for a later run
 */
record Load(WorkloadKind workload, int users, int requests, double rate, int systemTokens, int promptTokens,
		int maxTokens, int conversations, Duration thinkTime, Duration duration, int warmup, long seed, Slo slo,
		boolean skipOpening, @Nullable Path state) {

	private static final int MOST_USERS = 10_000;

	private static final int MOST_TOKENS = 1 << 20;

	private static final int MOST_REQUESTS = 1_000_000;

	private static final double HIGHEST_RATE = 10_000;

	Load {
		require("--users", users, 1, MOST_USERS);
		require("--requests", requests, 1, MOST_REQUESTS);
		require("--system-tokens", systemTokens, 0, MOST_TOKENS);
		require("--prompt-tokens", promptTokens, 1, MOST_TOKENS);
		require("--max-tokens", maxTokens, 1, MOST_TOKENS);
		require("--conversations", conversations, 1, MOST_USERS);
		require("--warmup", warmup, 0, MOST_REQUESTS);
		if (!(rate >= 0 && rate <= HIGHEST_RATE)) {
			throw new InvalidParameter("--rate", "must be between 0 and %.0f, but is %s".formatted(HIGHEST_RATE, rate));
		}
		if (rate > 0 && !workload.openLoop()) {
			throw new InvalidParameter("--rate", "does not fit the workload " + workload);
		}
		if (workload == WorkloadKind.MIXED && rate == 0) {
			throw new InvalidParameter("--rate", "must be above 0 for the workload " + workload);
		}
		if (thinkTime.isNegative() || !duration.isPositive()) {
			throw new InvalidParameter("--duration and --think-time", "must not be negative");
		}
		if ((state != null || skipOpening) && workload != WorkloadKind.REVISIT) {
			throw new InvalidParameter("--state and --skip-opening", "fit the workload revisit only");
		}
		if (skipOpening && state == null) {
			throw new InvalidParameter("--skip-opening", "needs --state with the file of the run that opened them");
		}
	}

	private static void require(String name, int actual, int least, int most) {
		if (actual < least || actual > most) {
			throw new InvalidParameter(name, "must be between %d and %d, but is %d".formatted(least, most, actual));
		}
	}

}
