package dev.corral.llamacpp;

/** What came of a {@link StepPlan.Chunk}. */
sealed interface ChunkResult {

	ChunkResult COMPUTED = new Computed();

	/** Its tokens are in the key-value cache. */
	record Computed() implements ChunkResult {
	}

	/** Its tokens are in the key-value cache, and this is the sequence's next token. */
	record Sampled(SampledToken token) implements ChunkResult {
	}

	/** It could not be computed; what its slot holds is unknown. */
	record Failed(String reason) implements ChunkResult {
	}

}
