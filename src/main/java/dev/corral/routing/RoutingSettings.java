package dev.corral.routing;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How a reply survives the worker that writes it.
 *
 * @param stallTimeout how long a worker that owes a reply's next token may show no sign of life, above 0
 * @param retries how often a reply may move to another worker, 0 or more
 * @param deadline how long after its request a reply may still move, 0 or more
 * @param recoveryTimeout how long a request or a begun reply waits while no worker takes it and some are expected back; 0 for not at all
 */
@ConfigurationProperties("corral.routing")
record RoutingSettings(Duration stallTimeout, int retries, Duration deadline, Duration recoveryTimeout) {

	RoutingSettings {
		if (stallTimeout.compareTo(Duration.ofMillis(1)) < 0) {
			throw new IllegalArgumentException(
					"corral.routing.stall-timeout must be 1 ms or more, but is " + stallTimeout.toMillis() + " ms");
		}
		if (retries < 0) {
			throw new IllegalArgumentException("corral.routing.retries must be 0 or more, but is " + retries);
		}
		if (deadline.isNegative()) {
			throw new IllegalArgumentException(
					"corral.routing.deadline must be 0 or more, but is " + deadline.toMillis() + " ms");
		}
		if (recoveryTimeout.isNegative()) {
			throw new IllegalArgumentException(
					"corral.routing.recovery-timeout must be 0 or more, but is " + recoveryTimeout.toMillis() + " ms");
		}
	}

}
