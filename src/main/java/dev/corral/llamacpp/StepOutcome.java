package dev.corral.llamacpp;

import java.util.List;

/**
 * What came of a {@link StepPlan}.
 *
 * @param results one per chunk of the plan, in order
 * @param calls the calls that it took
 */
record StepOutcome(List<ChunkResult> results, List<Call> calls) {

	/**
	 * One call that computed tokens.
	 *
	 * @param decodeTokens tokens of sequences that decode
	 * @param prefillTokens tokens of prompts
	 * @param nanos how long it took
	 */
	record Call(int decodeTokens, int prefillTokens, long nanos) {
	}

}
