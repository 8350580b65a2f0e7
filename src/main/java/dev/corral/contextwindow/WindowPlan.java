package dev.corral.contextwindow;

import java.util.List;

/**
 * Which turns of a branch go to the model.
 *
 * @param reservedTokens room kept free for the reply
 * @param promptTokens tokens that the prompt may have: the window without what is reserved
 * @param head turns kept at the beginning, before what was cut; 0 unless the policy keeps the first
 * @param from the first turn kept after what was cut; turns from {@code head} on and before this one are left out
 * @param cuts where the window was cut in the course of the conversation, in order, the last one ending at {@code from}
 * @param recapTokens room for a summary of what is left out; 0 without one
 * @param recallTokens room for turns that are brought back; 0 without any
 */
public record WindowPlan(int reservedTokens, int promptTokens, int head, int from, List<Cut> cuts, int recapTokens,
		int recallTokens) {

	public WindowPlan {
		cuts = List.copyOf(cuts);
	}

	/** Turns left out in one step: from this one on, to before the other. */
	public record Cut(int from, int to) {
	}

}
