package dev.corral.inference;

import static dev.corral.inference.Ranges.require;

/**
 * "Exclude top choices" (Weidmann 2024, text-generation-webui pull request 6335): now and then, all tokens that are likely enough are
 * dropped but the least likely of them, so that the reply leaves the beaten track without becoming incoherent.
 *
 * @param probability how often that happens, 0 (never) to 1 (at every token)
 * @param threshold the probability from which on a token counts as likely enough, 0 to 1; two tokens must reach it for anything to
 * happen, so above 0.5 nothing ever does
 */
public record Xtc(float probability, float threshold) {

	/** The usual threshold. */
	public static final float DEFAULT_THRESHOLD = 0.1f;

	public Xtc {
		require(probability >= 0 && probability <= 1, "xtc_probability", "between 0 and 1", probability);
		require(threshold >= 0 && threshold <= 1, "xtc_threshold", "between 0 and 1", threshold);
	}

}
