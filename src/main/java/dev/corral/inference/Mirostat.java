package dev.corral.inference;

import static dev.corral.inference.Ranges.require;

/**
 * Mirostat 2 (Basu et al. 2021, "Mirostat: A Neural Text Decoding Algorithm that Directly Controls Perplexity", and the second version
 * in its authors' code): tokens more surprising than a bound are dropped, and the bound follows the surprise of what was drawn.
 *
 * <p>The bound begins at twice {@code tau} and depends on the probabilities of the reply so far. A reply that is continued from its
 * tokens alone, by another engine, begins with it anew: it goes on in the same manner, but not with the same tokens.
 *
 * @param tau the surprise to aim at, in bits per token; above 0 and at most 100
 * @param eta how fast the bound follows, above 0 and at most 1
 */
public record Mirostat(float tau, float eta) {

	/** The values of the paper's examples. */
	public static final Mirostat DEFAULTS = new Mirostat(5, 0.1f);

	public Mirostat {
		require(tau > 0 && tau <= 100, "mirostat_tau", "above 0 and at most 100", tau);
		require(eta > 0 && eta <= 1, "mirostat_eta", "above 0 and at most 1", eta);
	}

}
