package dev.corral.llamacpp;

import java.util.List;

import dev.corral.llamacpp.DraftGain.Candidate;

/** How long the draft model takes, learned from its calls. Owned by the engine thread. */
final class DraftingCost {

	private final DecodeCost calls;

	private final StepCost catchingUp = new StepCost();

	/** @param mostTokens larger calls that propose are not learned */
	DraftingCost(int mostTokens) {
		calls = new DecodeCost(mostTokens);
	}

	/** Whether it has proposed anything yet. */
	boolean known() {
		return nanos(1) > 0;
	}

	/** How long a call that proposes takes, by the number of its tokens; 0 if nothing is known. */
	double nanos(int tokens) {
		return tokens == 0 ? 0 : calls.estimate(List.of(tokens));
	}

	/** How long these drafts take: a call for each position, of all sequences that reach so far. */
	double nanos(List<Candidate> sequences, int[] lengths) {
		int longest = 0;
		int first = 0;
		for (int i = 0; i < lengths.length; i++) {
			if (lengths[i] > 0 && sequences.get(i).missing() > 0) {
				longest = Math.max(longest, lengths[i]);
				first += sequences.get(i).missing();
			}
		}
		double nanos = nanos(first);
		for (int position = 1; position < longest; position++) {
			int tokens = 0;
			for (int i = 0; i < lengths.length; i++) {
				tokens += lengths[i] > position && sequences.get(i).missing() > 0 ? 1 : 0;
			}
			nanos += nanos(tokens);
		}
		return nanos;
	}

	/** How long it takes to catch up with so many tokens; 0 if nothing is known. */
	double catchUpNanos(int tokens) {
		return catchingUp.prefillNanos(tokens);
	}

	/** How many tokens it catches up with in this time, at least 8. */
	int tokensWithin(double nanos) {
		return catchingUp.prefillTokensWithin((long) nanos);
	}

	void observe(List<StepOutcome.Call> made) {
		for (var call : made) {
			if (call.prefillTokens() > 0) {
				catchingUp.observe(0, call.prefillTokens(), call.nanos());
			} else {
				calls.observe(List.of(call.decodeTokens()), call.nanos());
			}
		}
	}

}
