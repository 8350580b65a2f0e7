package dev.corral.llamacpp;

import java.util.List;

import dev.corral.llamacpp.DraftGain.Candidate;
import dev.corral.llamacpp.StepPlan.Chunk;

/**
 * Where drafts for a sequence can come from.
 *
 * @param chunk what it computes in the step
 * @param lookup what may come next by its own tokens
 * @param lookupAcceptance how likely each token of that is to be right if those before it are, 0 to 1
 * @param most tokens that the draft model can propose; 0 if it cannot
 * @param acceptance how likely each of those is to be right if those before it are, 0 to 1
 * @param missing tokens that the draft model has to compute before
 * @param mostMissing with more it has to catch up first
 */
record DraftSources(Chunk chunk, List<Integer> lookup, double lookupAcceptance, int most, double acceptance,
		int missing,
		int mostMissing) {

	/** What is missing after a step whose draft was right to the end. */
	private static final int MISSING_AFTER_A_STEP = 2;

	/** Whether the draft model can have anything to do with it. */
	boolean draftable() {
		return most > 0;
	}

	/** Whether the draft model can go on from its last token in this step. */
	boolean caughtUp() {
		return missing <= mostMissing;
	}

	/** With a draft from its own tokens, if there is one. */
	Candidate lookedUp() {
		return new Candidate(chunk.slot(), chunk.count(), lookup.size(), lookup.isEmpty() ? 0 : lookupAcceptance, 0);
	}

	/** With a draft from the source that is more likely to be right. */
	Candidate likelier() {
		return caughtUp() ? likelier(missing) : lookedUp();
	}

	/** The same, if the draft model were caught up. */
	Candidate onceCaughtUp() {
		return likelier(caughtUp() ? missing : MISSING_AFTER_A_STEP);
	}

	private Candidate likelier(int computed) {
		boolean modelIsLikelier = most > 0 && (lookup.isEmpty() || acceptance > lookupAcceptance);
		return modelIsLikelier
				? new Candidate(chunk.slot(), chunk.count(), most, acceptance, computed)
				: lookedUp();
	}

}
