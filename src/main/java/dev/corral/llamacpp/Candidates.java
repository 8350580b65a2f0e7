package dev.corral.llamacpp;

import dev.corral.inference.Mirostat;
import dev.corral.inference.Truncation;
import dev.corral.inference.Xtc;

/**
 * The tokens that may still be drawn, in the caller's arrays. Filters drop tokens and leave at least one; probabilities are those
 * among the tokens that are left. The vocabulary is never sorted: what a filter needs in order comes from a {@link CandidateHeap}.
 */
final class Candidates {

	private final float[] logits;

	private final int[] tokens;

	private int size;

	private float highest;

	private double drawnTotal;

	/**
	 * All tokens whose logit is a number above negative infinity; there must be one, and none may be positive infinity.
	 *
	 * @param logits by token; overwritten from {@link #temper} on
	 * @param tokens work space of the same length
	 * @param highest of the logits
	 */
	Candidates(float[] logits, int[] tokens, float highest) {
		this.logits = logits;
		this.tokens = tokens;
		for (int token = 0; token < logits.length; token++) {
			if (logits[token] > Float.NEGATIVE_INFINITY) {
				tokens[size++] = token;
			}
		}
		this.highest = highest;
	}

	/** Applies what {@link Truncation} says, in its order. */
	void truncate(Truncation truncation) {
		if (truncation.topNSigma() > 0) {
			keepWithinDeviations(truncation.topNSigma());
		}
		if (truncation.topK() > 0) {
			keepMostLikely(truncation.topK());
		}
		if (truncation.typicalP() < 1) {
			keepTypical(truncation.typicalP());
		}
		if (truncation.topP() < 1) {
			keepNucleus(truncation.topP());
		}
		if (truncation.minP() > 0) {
			keepFrom(highest + Math.log(truncation.minP()));
		}
	}

	private void keepWithinDeviations(double deviations) {
		double sum = 0;
		for (int i = 0; i < size; i++) {
			sum += logits[tokens[i]];
		}
		double mean = sum / size;
		double squares = 0;
		for (int i = 0; i < size; i++) {
			double distance = logits[tokens[i]] - mean;
			squares += distance * distance;
		}
		keepFrom(highest - deviations * Math.sqrt(squares / size));
	}

	private void keepMostLikely(int most) {
		if (most < size) {
			TopSelection.moveToFront(logits, tokens, size, most);
			size = most;
		}
	}

	/**
	 * A token's surprise differs from the expected one exactly as much as its logit differs from the expected logit, so nearness to
	 * that decides.
	 */
	private void keepTypical(double share) {
		double total = 0;
		double moment = 0;
		for (int i = 0; i < size; i++) {
			double relative = relative(tokens[i]);
			double weight = Exponential.exp(relative);
			total += weight;
			moment += weight * relative;
		}
		keepNearest(highest + moment / total, share * total);
		highest = highest();
	}

	private void keepNucleus(double share) {
		double total = total();
		// Tokens below this weight together cannot be what the sum still lacks, so they need not be ordered.
		double negligible = (1 - share) * total / size;
		keepFrom(highest + Math.log(negligible));
		keepNearest(highest, share * total);
	}

	/** Keeps tokens from the nearest to this logit on until their weights reach the sum. */
	private void keepNearest(double centre, double sum) {
		var heap = new CandidateHeap(logits, tokens, size, centre);
		double reached = 0;
		do {
			reached += weight(heap.pop());
		} while (reached < sum && !heap.isEmpty());
		size = heap.keepTaken(size);
	}

	/** Keeps tokens with at least this logit, and the most likely in any case. */
	private void keepFrom(double least) {
		double bound = Math.min(least, highest);
		int kept = 0;
		for (int i = 0; i < size; i++) {
			int token = tokens[i];
			if (logits[token] >= bound) {
				tokens[kept++] = token;
			}
		}
		size = kept;
	}

	/** Drops all tokens of at least {@link Xtc#threshold} but the least likely of them; of equally likely ones the highest id stays. */
	void excludeTopChoices(double threshold) {
		double bound = highest + Math.log(threshold * total());
		int spared = -1;
		for (int i = 0; i < size; i++) {
			int token = tokens[i];
			if (logits[token] >= bound && (spared < 0 || logits[token] < logits[spared]
					|| (logits[token] == logits[spared] && token > spared))) {
				spared = token;
			}
		}
		int kept = 0;
		for (int i = 0; i < size; i++) {
			int token = tokens[i];
			if (logits[token] < bound || token == spared) {
				tokens[kept++] = token;
			}
		}
		size = kept;
		highest = highest();
	}

	/** Divides the logits by a temperature above 0. */
	void temper(float temperature) {
		if (temperature != 1) {
			for (int i = 0; i < size; i++) {
				int token = tokens[i];
				logits[token] = (logits[token] - highest) / temperature;
			}
			highest = 0;
		}
	}

	/** Drops tokens that are more surprising than this, as {@link Mirostat} does. */
	void limitSurprise(double bits) {
		keepFrom(highest + Math.log(total()) - bits * Math.log(2));
	}

	/**
	 * One of the tokens, in proportion to their probabilities; ends the life of this object but for {@link #drawnSurprise}.
	 *
	 * @param noise uniform in [0, 1)
	 */
	int draw(double noise) {
		drawnTotal = 0;
		for (int i = 0; i < size; i++) {
			int token = tokens[i];
			float weight = (float) weight(token);
			logits[token] = weight;
			drawnTotal += weight;
		}
		double target = noise * drawnTotal;
		for (int i = 0; i < size; i++) {
			target -= logits[tokens[i]];
			if (target < 0) {
				return tokens[i];
			}
		}
		return mostLikelyDrawn();
	}

	/** Where rounding took the sum to its end: a token that has a weight. */
	private int mostLikelyDrawn() {
		int best = tokens[0];
		for (int i = 1; i < size; i++) {
			if (logits[tokens[i]] > logits[best]) {
				best = tokens[i];
			}
		}
		return best;
	}

	/** The surprise of the token that was drawn, in bits. */
	double drawnSurprise(int token) {
		return -Math.log(logits[token] / drawnTotal) / Math.log(2);
	}

	/** The sum of the weights; the most likely token's is 1. */
	private double total() {
		double total = 0;
		for (int i = 0; i < size; i++) {
			total += weight(tokens[i]);
		}
		return total;
	}

	private double weight(int token) {
		return Exponential.exp(relative(token));
	}

	/** In double precision, for the difference of two floats may be more than a float can hold. */
	private double relative(int token) {
		return (double) logits[token] - highest;
	}

	private float highest() {
		float highest = Float.NEGATIVE_INFINITY;
		for (int i = 0; i < size; i++) {
			highest = Math.max(highest, logits[tokens[i]]);
		}
		return highest;
	}

}
