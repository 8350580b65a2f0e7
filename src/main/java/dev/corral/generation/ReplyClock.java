package dev.corral.generation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The two times that a reply is written by.
 *
 * @param wall for what is stored
 * @param monotonic in nanoseconds, for how long something took
 */
record ReplyClock(Clock wall, LongSupplier monotonic) {

	static ReplyClock system() {
		return new ReplyClock(Clock.systemUTC(), System::nanoTime);
	}

	Instant now() {
		return wall.instant();
	}

	Instant after(Duration wait) {
		return now().plus(wait);
	}

	long nanos() {
		return monotonic.getAsLong();
	}

}
