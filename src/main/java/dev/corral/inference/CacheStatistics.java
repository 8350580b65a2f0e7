package dev.corral.inference;

/**
 * What an engine remembers of prompts and replies, and how that served.
 *
 * @param context the key-value cache that sequences run in
 * @param memory states of sequences that had to leave the context, in memory
 * @param disk the same on disk
 */
public record CacheStatistics(Context context, Tier memory, Tier disk) {

	/** Of an engine that has done nothing yet. */
	public static final CacheStatistics NONE = new CacheStatistics(Context.NONE, Tier.NONE, Tier.NONE);

	/**
	 * The key-value cache. Counts begin when the engine was opened; a sequence counts when it gets its first slot.
	 *
	 * @param retainedTokens tokens of ended sequences that are in it now
	 * @param promptTokens tokens of the prompts of all sequences
	 * @param cachedTokens how many of them were not computed again, wherever they were
	 * @param swappedOut how often a running sequence had to make room for another one
	 * @param resumed how often such a sequence went on
	 * @param slides how often what an ended sequence left was slid up for one that lacks a part of it
	 */
	public record Context(long retainedTokens, long promptTokens, long cachedTokens, long swappedOut, long resumed,
			long slides) {

		public static final Context NONE = new Context(0, 0, 0, 0, 0, 0);

		/** The same counts, when nothing is in it any more. */
		public Context emptied() {
			return new Context(0, promptTokens, cachedTokens, swappedOut, resumed, slides);
		}

	}

	/**
	 * What one tier holds, and has done since the engine was opened.
	 *
	 * @param entries states in it now
	 * @param bytes their size; in the disk tier that of this engine's files, headers included
	 * @param hits states that were taken from it
	 * @param misses look-ups whose best match was not in it
	 * @param stored states that came into it
	 * @param evicted states that left it to make room, for the next tier or for good
	 * @param dropped states that should have come into it and could not: too large, too many waiting, or a failed write; always 0 in
	 * memory
	 * @param corrupt files that were damaged or did not belong there; always 0 in memory
	 */
	public record Tier(long entries, long bytes, long hits, long misses, long stored, long evicted, long dropped,
			long corrupt) {

		/** A tier that is not there. */
		public static final Tier NONE = new Tier(0, 0, 0, 0, 0, 0, 0, 0);

	}

}
