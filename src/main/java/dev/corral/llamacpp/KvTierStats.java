package dev.corral.llamacpp;

/**
 * What one tier holds and has done since it was opened.
 *
 * @param entries states in it now
 * @param bytes their size; in the disk tier that of this engine's files, headers included
 * @param hits states that were taken from it
 * @param misses look-ups whose best match was not in it
 * @param stored states that came into it
 * @param evicted states that left it to make room, for the next tier or for good
 * @param dropped states that should have come into it and could not: too large, too many waiting, or a failed write
 * @param corrupt files that were damaged or did not belong there; always 0 in memory
 */
record KvTierStats(long entries, long bytes, long hits, long misses, long stored, long evicted, long dropped,
		long corrupt) {

	static final KvTierStats NONE = new KvTierStats(0, 0, 0, 0, 0, 0, 0, 0);

}
