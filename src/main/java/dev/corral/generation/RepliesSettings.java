package dev.corral.generation;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How stored replies are written.
 *
 * @param saveInterval longest that the stored text is behind the written one
 * @param saveTokens most tokens that it is behind
 * @param lease how long a server that writes a reply may be silent before it is taken for dead, and the reply for interrupted
 * @param turn longest that a message waits for another reply of its conversation to end, if it is to wait
 * @param drain how long replies may go on at shutdown
 * @param titles whether the model gives a title to a conversation that has none, after its first reply
 */
@ConfigurationProperties("corral.replies")
record RepliesSettings(Duration saveInterval, int saveTokens, Duration lease, Duration turn,
		Duration drain, boolean titles) {

	RepliesSettings {
		if (!saveInterval.isPositive() || saveTokens < 1) {
			throw new IllegalArgumentException(
					"corral.replies.save-interval must be positive and corral.replies.save-tokens at least 1, but they are %s and %d"
							.formatted(saveInterval, saveTokens));
		}
		if (lease.compareTo(saveInterval.multipliedBy(2)) < 0) {
			throw new IllegalArgumentException(
					"corral.replies.lease must be at least twice corral.replies.save-interval, but is %s with %s"
							.formatted(lease, saveInterval));
		}
	}

}
