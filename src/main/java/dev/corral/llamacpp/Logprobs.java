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
		double normalizer = normalizer();
		var top = new ArrayList<TokenLogprob.Top>(count);
		for (int likely : mostLikely()) {
			top.add(new TokenLogprob.Top(likely, logprob(likely, normalizer), pieces.apply(likely)));
		}
		return new TokenLogprob(token, logprob(token, normalizer), pieces.apply(token), top);
	}

	/** Rounding must not make anything more likely than certain. */
	private double logprob(int token, double normalizer) {
		return Math.min(0, logits[token] - normalizer);
	}

	private double normalizer() {
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
	private List<Integer> mostLikely() {
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
