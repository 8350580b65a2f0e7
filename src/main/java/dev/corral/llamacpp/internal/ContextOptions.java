package dev.corral.llamacpp.internal;

/**
 * How a context is set up.
 *
 * @param contextTokens most tokens one sequence may hold
 * @param sequences most sequences at once
 * @param cacheTokens cells of the key-value cache, for all sequences together; with fewer than each sequence's window needs,
 * they take them from one another
 * @param batchTokens most tokens one decode call computes
 * @param threads compute threads
 */
public record ContextOptions(int contextTokens, int sequences, int cacheTokens, int batchTokens, int threads) {

	/** Cells are had in multiples of this. */
	private static final int CELLS = 256;

	/** A batch larger than the whole cache aborts the process. */
	public ContextOptions {
		cacheTokens = Math.min(roundUp(cacheTokens), Math.multiplyExact(roundUp(contextTokens), sequences));
		batchTokens = Math.min(batchTokens, cacheTokens);
	}

	/** A cache that holds every sequence at its longest. */
	public ContextOptions(int contextTokens, int sequences, int batchTokens, int threads) {
		this(contextTokens, sequences, Integer.MAX_VALUE - CELLS, batchTokens, threads);
	}

	/** Whether the sequences at their longest do not all fit. */
	public boolean overcommitted() {
		return cacheTokens < roundUp(contextTokens) * sequences;
	}

	private static int roundUp(int tokens) {
		return Math.ceilDiv(tokens, CELLS) * CELLS;
	}

}
