package dev.corral.llamacpp;

import java.util.List;

/** Computes planned steps on the slots of a context. Belongs to the engine thread. */
interface StepExecutor extends AutoCloseable {

	/** Computes all chunks of a plan and samples where one completes its sequence; one result per chunk, in order. */
	List<ChunkResult> execute(StepPlan plan);

	/** Forgets everything a slot holds. */
	void clear(int slot);

	@Override
	void close();

}
