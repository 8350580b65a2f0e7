package dev.corral.inference;

/** Loads models into engines. */
public interface EngineFactory {

	/**
	 * Loads a model; takes seconds to minutes and blocks the calling thread.
	 *
	 * @throws EngineUnavailable if the runtime cannot load the model or lacks the memory for it
	 */
	InferenceEngine open(ModelSource source);

	/**
	 * Tells models apart by vocabulary and weights, wherever their files lie; reads a part of the file and blocks the calling thread.
	 *
	 * @return the same for the same content; empty if that cannot be told
	 */
	default String fingerprint(ModelSource source) {
		return "";
	}

	/** What computes, for operators: the runtime, its build and its devices; empty as long as nothing was loaded. */
	default String runtimeInWords() {
		return "";
	}

}
