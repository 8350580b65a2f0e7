package dev.corral.llamacpp;

/**
 * How long a step takes, learned from the steps so far: a part for the sequences that decode, and a part for each token of prefill.
 * Both are averages in which recent steps count most, since attention makes tokens dearer the longer a sequence is.
 *
 * <p>Owned by the engine thread.
 */
final class StepCost {

	/** Weight of the newest observation. */
	private static final double NEWEST = 0.3;

	/**
	 * Steps with fewer tokens of prefill tell more about the step than about the tokens. So many are always allowed: an estimate
	 * that a busy moment spoiled could otherwise never be corrected.
	 */
	private static final int TELLING_TOKENS = 8;

	/** Taken while nothing is known: few enough to be short on slow machines, and telling. */
	private static final int FIRST_GUESS_TOKENS = 32;

	private double decodeNanos;

	private double nanosPerPrefillToken;

	/**
	 * Learns from a step.
	 *
	 * @param decoding sequences that decoded in it
	 * @param prefillTokens tokens of prefill in it
	 * @param nanos how long it took
	 */
	void observe(int decoding, int prefillTokens, long nanos) {
		if (prefillTokens == 0) {
			decodeNanos = average(decodeNanos, (double) nanos);
		} else if (prefillTokens >= TELLING_TOKENS) {
			double decode = decoding == 0 ? 0 : decodeNanos;
			nanosPerPrefillToken = average(nanosPerPrefillToken, Math.max(0, nanos - decode) / prefillTokens);
		}
	}

	/**
	 * How many tokens of prefill a step that also decodes may take on, so that it is done in this time. Where decoding alone takes
	 * most of it, or more, prefill still gets half as long as that: a prompt must not wait for ever.
	 *
	 * @return at least 8, so that it goes on, and goes on learning
	 */
	int prefillTokensWithin(long nanos) {
		if (nanosPerPrefillToken == 0) {
			return FIRST_GUESS_TOKENS;
		}
		double room = Math.max(nanos - decodeNanos, decodeNanos / 2);
		return Math.clamp((long) (room / nanosPerPrefillToken), TELLING_TOKENS, Integer.MAX_VALUE);
	}

	private static double average(double average, double newest) {
		return average == 0 ? newest : average + NEWEST * (newest - average);
	}

}
