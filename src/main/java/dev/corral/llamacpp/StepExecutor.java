package dev.corral.llamacpp;

/** Computes planned steps on the slots of a context. Belongs to the engine thread. */
interface StepExecutor extends KvCache, AutoCloseable {

	/** Computes all chunks of a plan and samples where one completes its sequence. */
	StepOutcome execute(StepPlan plan);

	@Override
	void close();

}
