package dev.corral.limits;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is left to a key at a moment.
 *
 * @param requests {@code null} where they are not limited
 * @param tokens the tighter one of the limits for a minute and for a day; {@code null} where there is neither
 */
record Standing(@Nullable Window requests, @Nullable Window tokens) {

	/**
	 * One limit.
	 *
	 * @param remaining 0 or more
	 * @param reset when nothing of it will be taken any more, if nothing else comes
	 */
	record Window(long limit, long remaining, Duration reset) {
	}

}
