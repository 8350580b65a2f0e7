package dev.corral.llamacpp.internal;

/**
 * How a context is set up.
 *
 * @param contextTokens most tokens one sequence may hold
 * @param sequences most sequences at once
 * @param batchTokens most tokens one decode call computes
 * @param threads compute threads
 */
public record ContextOptions(int contextTokens, int sequences, int batchTokens, int threads) {

	/** A batch larger than the whole cache aborts the process. */
	public ContextOptions {
		batchTokens = Math.min(batchTokens, cells(contextTokens, sequences));
	}

	/** Cells of all sequences; the runtimes keep each sequence's share a multiple of 256. */
	int cells() {
		return cells(contextTokens, sequences);
	}

	private static int cells(int contextTokens, int sequences) {
		return Math.multiplyExact(Math.ceilDiv(contextTokens, 256) * 256, sequences);
	}

}
