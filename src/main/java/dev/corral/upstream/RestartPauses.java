package dev.corral.upstream;

import java.time.Duration;

/**
 * How long to wait before a process that has ended is started again: not at all, unless it ends again and again within a minute; then half
 * a second, doubled each time, at most half a minute. Not safe for threads.
 */
final class RestartPauses {

	static final Duration LONG_LIFE = Duration.ofMinutes(1);

	private static final Duration FIRST = Duration.ofMillis(500);

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private Duration next = Duration.ZERO;

	/** @param life how long the process was there */
	Duration after(Duration life) {
		var pause = life.compareTo(LONG_LIFE) < 0 ? next : Duration.ZERO;
		var doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
		next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
		return pause;
	}

}
