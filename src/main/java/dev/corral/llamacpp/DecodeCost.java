package dev.corral.llamacpp;

import java.util.List;

/**
 * How long a decode call takes by the number of its tokens, learned from the calls so far. The time does not simply grow with the
 * number: one token reads as many weights as several, and kernels work on tiles. So each number has an average of its own; between
 * two known numbers the time is interpolated, beyond them it is taken to be proportional, which is dearer than it turns out.
 *
 * <p>What was not seen for {@value #FORGOTTEN_AFTER} calls is forgotten: sequences have grown since, or something held that call
 * up. Owned by the engine thread.
 */
final class DecodeCost {

	static final int FORGOTTEN_AFTER = 512;

	/** Weight of the newest observation. */
	private static final double NEWEST = 0.3;

	/** An observation counts as at most so many times the average: something else may have held it up. */
	private static final double MOST_TIMES = 2;

	private final double[] nanos;

	/** The call in which each number was last seen. */
	private final long[] seen;

	private long calls;

	/** @param mostTokens larger passes are not learned */
	DecodeCost(int mostTokens) {
		nanos = new double[mostTokens + 1];
		seen = new long[mostTokens + 1];
	}

	/**
	 * Learns from a call.
	 *
	 * @param passes the tokens of each of its passes
	 * @param took how long all of them took, in nanoseconds
	 */
	void observe(List<Integer> passes, long took) {
		double estimated = estimate(passes);
		if (passes.size() > 1 && estimated == 0) {
			return;
		}
		calls++;
		for (int tokens : passes) {
			if (tokens < nanos.length) {
				learn(tokens, passes.size() == 1 ? took : took * estimate(tokens) / estimated);
			}
		}
	}

	private void learn(int tokens, double took) {
		nanos[tokens] = known(tokens)
				? nanos[tokens] + NEWEST * (Math.min(took, MOST_TIMES * nanos[tokens]) - nanos[tokens])
				: took;
		seen[tokens] = calls;
	}

	/** How long a call of these passes takes, in nanoseconds; 0 if nothing is known. */
	double estimate(List<Integer> passes) {
		double sum = 0;
		for (int tokens : passes) {
			sum += estimate(tokens);
		}
		return sum;
	}

	/** Whether a pass of so many tokens, or of more, was seen lately. */
	boolean bounds(int tokens) {
		return above(tokens) > 0;
	}

	private double estimate(int tokens) {
		int above = above(tokens);
		if (above == tokens) {
			return nanos[tokens];
		}
		int below = Math.min(tokens, nanos.length) - 1;
		while (below > 0 && !known(below)) {
			below--;
		}
		if (below > 0 && above > 0) {
			return nanos[below] + (nanos[above] - nanos[below]) * (tokens - below) / (above - below);
		}
		int nearest = Math.max(below, above);
		return nearest <= 0 ? 0 : nanos[nearest] * tokens / nearest;
	}

	/** The next known number from here on, or 0. */
	private int above(int tokens) {
		for (int number = tokens; number < nanos.length; number++) {
			if (known(number)) {
				return number;
			}
		}
		return 0;
	}

	private boolean known(int tokens) {
		return nanos[tokens] > 0 && calls - seen[tokens] < FORGOTTEN_AFTER;
	}

}
