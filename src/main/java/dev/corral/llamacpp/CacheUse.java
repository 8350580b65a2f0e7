package dev.corral.llamacpp;

import dev.corral.inference.CacheStatistics;

/** Counts for {@link CacheStatistics.Context}. Owned by the engine thread. */
final class CacheUse {

	private long promptTokens;

	private long cachedTokens;

	private long swappedOut;

	private long resumed;

	private long slides;

	/**
	 * A sequence gets a slot, for the first time or again.
	 *
	 * @param sequence before it starts
	 * @param cached how many of its first tokens are in the slot already
	 */
	void placed(Sequence sequence, int cached) {
		if (sequence.state() == SequenceState.QUEUED) {
			promptTokens += sequence.length();
			cachedTokens += cached;
		} else {
			resumed++;
		}
	}

	void swappedOut() {
		swappedOut++;
	}

	void slid() {
		slides++;
	}

	CacheStatistics.Context read(long retainedTokens) {
		return new CacheStatistics.Context(retainedTokens, promptTokens, cachedTokens, swappedOut, resumed, slides);
	}

}
