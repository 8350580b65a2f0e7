package dev.corral.inference;

/** Loads models into engines. */
public interface EngineFactory {

	/**
	 * Loads a model; takes seconds to minutes and blocks the calling thread.
	 *
	 * @throws EngineUnavailable if the runtime cannot load the model or lacks the memory for it
	 */
	InferenceEngine open(ModelSource source);

}
