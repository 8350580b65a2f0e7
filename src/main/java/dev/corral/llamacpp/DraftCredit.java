package dev.corral.llamacpp;

/**
 * The time that may go into finding out whether the draft model would pay. It is at most {@value #SHARE} of the time that replies were
 * computed, and in the beginning as much as {@value #FIRST_STEPS} steps take; what a trial takes longer than expected delays the next.
 * Owned by the engine thread.
 */
final class DraftCredit {

	static final double SHARE = 0.01;

	static final int FIRST_STEPS = 32;

	/** More is not saved up. */
	private static final double MOST_NANOS = 5e9;

	private double nanos;

	private boolean begun;

	/** Whether something that takes so long can be tried. */
	boolean covers(double expectedNanos) {
		return nanos >= Math.max(0, expectedNanos);
	}

	/** A step that only decodes took so long. */
	void earn(long computedNanos) {
		if (!begun) {
			begun = true;
			nanos += (double) FIRST_STEPS * computedNanos;
		}
		nanos = Math.min(MOST_NANOS, nanos + SHARE * computedNanos);
	}

	void spend(long tookNanos) {
		nanos -= tookNanos;
	}

}
