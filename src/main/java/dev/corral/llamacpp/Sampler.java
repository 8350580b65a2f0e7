package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.List;

import dev.corral.inference.SamplingParameters;

/**
 * Chooses the tokens of one reply. The order of the filters is that of {@link SamplingParameters}; the vocabulary is never
 * sorted as a whole.
 */
final class Sampler {

	private final SamplingParameters parameters;

	private final long seed;

	private final Penalties penalties;

	/**
	 * @param seed of the draws
	 * @param promptTokens what the repetition penalty counts as said
	 */
	Sampler(SamplingParameters parameters, long seed, List<Integer> promptTokens) {
		this.parameters = parameters;
		this.seed = seed;
		this.penalties = new Penalties(parameters, promptTokens);
	}

	/**
	 * The next token.
	 *
	 * @param logits one per token of the vocabulary; overwritten
	 * @param candidates work space of the same length; overwritten
	 * @param position of the token in its sequence, which its noise depends on
	 * @throws IllegalStateException if no logit is a finite number
	 */
	int sample(float[] logits, int[] candidates, int position) {
		parameters.logitBias().forEach((token, bias) -> logits[token] += bias);
		penalties.apply(logits);
		int best = mostLikely(logits);
		int token = parameters.greedy() ? best : draw(logits, candidates, logits[best], position);
		penalties.accept(token);
		return token;
	}

	private static int mostLikely(float[] logits) {
		int best = -1;
		float highest = Float.NEGATIVE_INFINITY;
		for (int token = 0; token < logits.length; token++) {
			if (logits[token] > highest) {
				highest = logits[token];
				best = token;
			}
		}
		if (best < 0 || highest == Float.POSITIVE_INFINITY) {
			throw new IllegalStateException("the model gave no usable probabilities");
		}
		return best;
	}

	private int draw(float[] logits, int[] candidates, float highest, int position) {
		double total = weigh(logits, highest);
		double noise = Noise.uniform(seed, position);
		if (parameters.topK() == 0 && parameters.topP() == 1) {
			return pick(logits, candidates, keepAtLeast(logits, candidates, parameters.minP()), noise);
		}
		// Tokens below this weight together cannot be what top-p still lacks, so they need not be ordered.
		double negligible = (1.0 - parameters.topP()) * total / logits.length;
		int count = keepAtLeast(logits, candidates, parameters.topK() == 0 ? negligible : 0);
		return pick(logits, candidates, keepMostLikely(logits, candidates, count, total), noise);
	}

	/** Turns logits into weights relative to the most likely token, whose weight is 1; returns their sum. */
	private double weigh(float[] logits, float highest) {
		double total = 0;
		for (int token = 0; token < logits.length; token++) {
			float weight = (float) Math.exp((logits[token] - highest) / parameters.temperature());
			logits[token] = weight;
			total += weight;
		}
		return total;
	}

	private static int keepAtLeast(float[] weights, int[] candidates, double least) {
		int count = 0;
		for (int token = 0; token < weights.length; token++) {
			if (weights[token] >= least && weights[token] > 0) {
				candidates[count++] = token;
			}
		}
		return count;
	}

	/** Moves the tokens that top-k, top-p and min-p keep to the front of the candidates; returns how many they are. */
	private int keepMostLikely(float[] weights, int[] candidates, int count, double total) {
		int most = parameters.topK() == 0 ? count : Math.min(parameters.topK(), count);
		var heap = new CandidateHeap(weights, candidates, count);
		var kept = new int[Math.min(most, 64)];
		int size = 0;
		double sum = 0;
		double enough = parameters.topK() == 0 ? parameters.topP() * total : Double.POSITIVE_INFINITY;
		while (size < most && sum < enough) {
			int token = heap.pop();
			if (size == kept.length) {
				kept = Arrays.copyOf(kept, size * 2);
			}
			kept[size++] = token;
			sum += weights[token];
		}
		size = cut(weights, kept, size, sum);
		System.arraycopy(kept, 0, candidates, 0, size);
		return size;
	}

	/** Applies top-p to what top-k left, and min-p to that; the kept tokens are in falling order. */
	private int cut(float[] weights, int[] kept, int size, double sum) {
		int end = size;
		if (parameters.topK() != 0) {
			double enough = parameters.topP() * sum;
			double reached = 0;
			for (end = 0; end < size && reached < enough; end++) {
				reached += weights[kept[end]];
			}
		}
		while (end > 1 && weights[kept[end - 1]] < parameters.minP()) {
			end--;
		}
		return end;
	}

	private static int pick(float[] weights, int[] candidates, int count, double noise) {
		double total = 0;
		for (int i = 0; i < count; i++) {
			total += weights[candidates[i]];
		}
		double target = noise * total;
		for (int i = 0; i < count - 1; i++) {
			target -= weights[candidates[i]];
			if (target < 0) {
				return candidates[i];
			}
		}
		return candidates[count - 1];
	}

}
