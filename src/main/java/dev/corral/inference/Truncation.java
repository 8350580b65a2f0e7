package dev.corral.inference;

import static dev.corral.inference.Ranges.require;

/**
 * Which tokens are too unlikely to be drawn. Each filter looks at what the one before has left, with its probabilities scaled to
 * add up to 1; at least one token always stays.
 *
 * @param topNSigma keep the tokens whose logit is at most this many standard deviations below the highest; 0 to 100, 0 keeps all
 * (Tang et al. 2024, "Top-nσ: Not All Logits Are You Need")
 * @param topK keep the k most likely tokens; 0 keeps all (Fan et al. 2018, "Hierarchical Neural Story Generation")
 * @param typicalP keep the smallest set of tokens whose surprise is nearest to the expected one and whose probabilities reach
 * this sum; in (0, 1], 1 keeps all (Meister et al. 2022, "Locally Typical Sampling")
 * @param topP keep the smallest set of the most likely tokens whose probabilities reach this sum; in (0, 1], 1 keeps all (Holtzman
 * et al. 2019, "The Curious Case of Neural Text Degeneration")
 * @param minP drop tokens less likely than this share of the most likely one; in [0, 1], 0 keeps all (Nguyen et al. 2024, "Turning
 * Up the Heat: Min-p Sampling for Creative and Coherent LLM Outputs")
 */
public record Truncation(float topNSigma, int topK, float typicalP, float topP, float minP) {

	/** Keeps every token. */
	public static final Truncation NONE = new Truncation(0, 0, 1, 1, 0);

	public Truncation {
		require(topNSigma >= 0 && topNSigma <= 100, "top_n_sigma", "between 0 and 100", topNSigma);
		require(topK >= 0, "top_k", "0 or more", topK);
		require(typicalP > 0 && typicalP <= 1, "typical_p", "above 0 and at most 1", typicalP);
		require(topP > 0 && topP <= 1, "top_p", "above 0 and at most 1", topP);
		require(minP >= 0 && minP <= 1, "min_p", "between 0 and 1", minP);
	}

	public Truncation withTopNSigma(float topNSigma) {
		return new Truncation(topNSigma, topK, typicalP, topP, minP);
	}

	public Truncation withTopK(int topK) {
		return new Truncation(topNSigma, topK, typicalP, topP, minP);
	}

	public Truncation withTypicalP(float typicalP) {
		return new Truncation(topNSigma, topK, typicalP, topP, minP);
	}

	public Truncation withTopP(float topP) {
		return new Truncation(topNSigma, topK, typicalP, topP, minP);
	}

	public Truncation withMinP(float minP) {
		return new Truncation(topNSigma, topK, typicalP, topP, minP);
	}

}
