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

	/** Cells of all sequences; the runtimes keep each sequence's share a multiple of 256. */
	int cells() {
		return Math.multiplyExact(Math.ceilDiv(contextTokens, 256) * 256, sequences);
	}

}
