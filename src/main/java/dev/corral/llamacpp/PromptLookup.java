package dev.corral.llamacpp;

import java.util.List;

import dev.corral.llamacpp.DraftIndex.Draft;

/**
 * The drafts of one sequence, found in its own tokens, and how often such drafts have been right in it. That is measured on every
 * proposal, whether it was computed or not: what came in its place tells. Owned by the engine thread.
 */
final class PromptLookup {

	private final DraftIndex index = new DraftIndex();

	/** For matches of 2 to 3 tokens, 4 to 7, and 8 and more: the longer, the more likely it is that a text is being copied. */
	private final List<Acceptance> acceptances = List.of(new Acceptance(), new Acceptance(), new Acceptance());

	private Draft proposed = Draft.NONE;

	/** Where the proposal begins. */
	private int position;

	/** What may follow these tokens, at most so many. */
	Draft propose(int[] tokens, int length, int most) {
		proposed = index.propose(tokens, length, most);
		position = length;
		return proposed;
	}

	/** How likely each token of the last proposal is to be right if those before it are. */
	double acceptance() {
		return acceptances.get(kind()).probability();
	}

	/**
	 * Learns what came.
	 *
	 * @param from position of the first
	 */
	void observe(int from, List<SampledToken> sampled) {
		if (from != position) {
			return;
		}
		acceptances.get(kind()).observe(proposed.tokens(), sampled);
		proposed = Draft.NONE;
	}

	private int kind() {
		return proposed.matched() < 4 ? 0 : proposed.matched() < 8 ? 1 : 2;
	}

}
