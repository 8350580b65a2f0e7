package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import dev.corral.inference.TokenLogprob;

/** Reports how likely a token was by the model's own distribution, which is remembered before a sampler changes it. */
final class Logprobs {

	private final int count;

	private final IntFunction<byte[]> pieces;

	private float[] logits = {};

	/** @param count how many of the most likely tokens to report */
	Logprobs(int count, IntFunction<byte[]> pieces) {
		this.count = count;
		this.pieces = pieces;
	}

	Logprobs copy() {
		return new Logprobs(count, pieces);
	}

	/** Remembers the model's logits, which hold at least one number that is finite. */
	void remember(float[] logits) {
		if (this.logits.length != logits.length) {
			this.logits = new float[logits.length];
		}
		System.arraycopy(logits, 0, this.logits, 0, logits.length);
	}

	/** The report on a token at the place that was remembered. */
	TokenLogprob of(int token) {
		return of(token, logits, count, pieces);
	}

	/** The report on a token at a place with these logits, which hold at least one number that is finite. */
	static TokenLogprob of(int token, float[] logits, int count, IntFunction<byte[]> pieces) {
		double normalizer = normalizer(logits);
		var top = new ArrayList<TokenLogprob.Top>(count);
		for (int likely : mostLikely(logits, count)) {
			top.add(new TokenLogprob.Top(likely, logprob(logits[likely], normalizer), pieces.apply(likely)));
		}
		return new TokenLogprob(token, logprob(logits[token], normalizer), pieces.apply(token), top);
	}

	/** Rounding must not make anything more likely than certain. */
	private static double logprob(float logit, double normalizer) {
		return Math.min(0, logit - normalizer);
	}

	private static double normalizer(float[] logits) {
		float highest = Float.NEGATIVE_INFINITY;
		for (float logit : logits) {
			highest = logit > highest ? logit : highest;
		}
		double total = 0;
		for (float logit : logits) {
			if (logit > Float.NEGATIVE_INFINITY) {
				total += Exponential.exp((double) logit - highest);
			}
		}
		return highest + Math.log(total);
	}

	/** By insertion: the few that are wanted are rarely displaced. Of equally likely tokens the lower id comes first. */
	private static List<Integer> mostLikely(float[] logits, int count) {
		var best = new ArrayList<Integer>(count + 1);
		float least = count == 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
		for (int token = 0; token < logits.length; token++) {
			float logit = logits[token];
			if (logit > least) {
				int place = best.size();
				while (place > 0 && logits[best.get(place - 1)] < logit) {
					place--;
				}
				best.add(place, token);
				if (best.size() > count) {
					best.removeLast();
				}
				least = best.size() < count ? least : logits[best.getLast()];
			}
		}
		return best;
	}

}
