package dev.corral.llamacpp;

import java.util.List;

/** What came of a {@link StepPlan.Chunk}. */
sealed interface ChunkResult {

	ChunkResult COMPUTED = new Computed();

	ChunkResult NO_ROOM = new NoRoom();

	/** Its tokens are in the key-value cache. */
	record Computed() implements ChunkResult {
	}

	/**
	 * Its tokens are in the key-value cache, and these come next in the sequence.
	 *
	 * @param tokens at least one; all but the last are the draft's, and in the key-value cache too
	 */
	record Sampled(List<SampledToken> tokens) implements ChunkResult {
	}

	/** The key-value cache had no room; the slot holds what it held before. */
	record NoRoom() implements ChunkResult {
	}

	/** It could not be computed; what its slot holds is unknown. */
	record Failed(String reason) implements ChunkResult {
	}

}
