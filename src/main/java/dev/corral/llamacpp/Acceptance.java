package dev.corral.llamacpp;

import java.util.List;

/** How often proposed tokens were right: an average in which recent ones count most. Owned by the engine thread. */
final class Acceptance {

	/** Weight of the newest observation. */
	private static final double NEWEST = 0.1;

	/** What is believed before anything was seen weighs as much as so many observations. */
	private static final double PRIOR = 2;

	private double observed = PRIOR;

	private double right;

	/** Hopeful enough for a short draft. */
	Acceptance() {
		right = PRIOR / 2;
	}

	/** Believed to be as another one until more is known. */
	Acceptance(Acceptance prior) {
		right = PRIOR * prior.probability();
	}

	/** How likely a proposed token is to be right if those before it are. */
	double probability() {
		return right / observed;
	}

	/** Compares what was proposed with what came in its place. */
	void observe(List<Integer> proposed, List<SampledToken> came) {
		int compared = Math.min(came.size(), proposed.size());
		boolean accepted = true;
		for (int i = 0; i < compared && accepted; i++) {
			accepted = came.get(i).id() == proposed.get(i);
			observed = observed * (1 - NEWEST) + 1;
			right = right * (1 - NEWEST) + (accepted ? 1 : 0);
		}
	}

}
