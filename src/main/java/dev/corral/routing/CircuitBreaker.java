package dev.corral.routing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps requests from a replica that fails, by what became of the ones before (Nygard, Release It!, 2007):
 *
 * <pre>
 * closed    → open       its worker was lost, or {@value #MOST_FAILURES} requests in a row failed otherwise
 * open      → half open  a pause is over: one request may try it
 * half open → closed     it answered
 * half open → open       it did not; the pause is twice as long
 * </pre>
 *
 * Safe for any thread.
 */
final class CircuitBreaker {

	static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

	static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	static final int MOST_FAILURES = 3;

	private final LongSupplier nanos;

	private int failures;

	private boolean open;

	/** Whether the one request of the half-open state is under way. */
	private boolean trying;

	private long openedNanos;

	private Duration pause = SHORTEST_PAUSE;

	/** @param nanos a monotonic clock */
	CircuitBreaker(LongSupplier nanos) {
		this.nanos = nanos;
	}

	synchronized boolean open() {
		return open;
	}

	/** Whether {@link #enter} would let a request through. */
	synchronized boolean allows() {
		return !open || !trying && nanos.getAsLong() - openedNanos >= pause.toNanos();
	}

	/** Asked before each request; whoever is let through tells what became of it. */
	synchronized boolean enter() {
		boolean allowed = allows();
		trying |= allowed && open;
		return allowed;
	}

	/** The replica does its work. */
	synchronized void answered() {
		failures = 0;
		open = false;
		trying = false;
		pause = SHORTEST_PAUSE;
	}

	/** The replica has gone. */
	synchronized void lost() {
		if (!open) {
			open = true;
			openedNanos = nanos.getAsLong();
		} else if (trying) {
			trying = false;
			openedNanos = nanos.getAsLong();
			pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
		}
		// Others that were under way say what the first has said.
	}

	/** The replica is there and failed a request. */
	synchronized void failed() {
		failures++;
		if (open || failures >= MOST_FAILURES) {
			lost();
		}
	}

	/** Nobody knows: the request was cancelled before the replica had shown how it is. */
	synchronized void undecided() {
		trying = false;
	}

}
