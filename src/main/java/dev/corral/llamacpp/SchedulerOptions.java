package dev.corral.llamacpp;

import java.time.Duration;

import dev.corral.llamacpp.EngineSettings.Speculating;

/**
 * The bounds of a scheduler.
 *
 * @param slots most sequences that run at once
 * @param stepTokens most tokens one step computes, at least {@code slots}
 * @param cacheTokens cells of the key-value cache that all sequences share; {@link Integer#MAX_VALUE} if each has enough of its own
 * @param interTokenLatencyTarget how long a step may take while sequences decode
 * @param queueTimeout how long a request may wait for its first slot; zero lets it wait for ever
 * @param speculation whether sequences that decode may be drafted
 * @param scoredTokens of how many tokens of prompts one step may tell the log-probabilities, at least 1
 */
record SchedulerOptions(int slots, int stepTokens, int cacheTokens, Duration interTokenLatencyTarget,
		Duration queueTimeout, Speculating speculation, int scoredTokens) {

	SchedulerOptions {
		if (stepTokens < slots) {
			throw new IllegalArgumentException(
					"a step of %d tokens cannot serve %d decoding sequences".formatted(stepTokens, slots));
		}
	}

	/** Without a bound of its own on scored tokens. */
	SchedulerOptions(int slots, int stepTokens, int cacheTokens, Duration interTokenLatencyTarget,
			Duration queueTimeout, Speculating speculation) {
		this(slots, stepTokens, cacheTokens, interTokenLatencyTarget, queueTimeout, speculation, stepTokens);
	}

}
