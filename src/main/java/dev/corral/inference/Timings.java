package dev.corral.inference;

import java.time.Duration;

/**
 * Where the time of one generation went, measured on the engine's monotonic clock.
 *
 * @param queue from submission to the first step that held the request
 * @param prefill from then to the first sampled token
 * @param decode from the first sampled token to the last
 */
public record Timings(Duration queue, Duration prefill, Duration decode) {

	public static final Timings NONE = new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO);

}
