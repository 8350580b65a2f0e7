package dev.corral.llamacpp.internal;

/**
 * Where the fields that Corral uses lie in {@code struct llama_model_params} and {@code struct llama_context_params}, in
 * bytes, for those that every supported version has.
 */
record ParamsLayout(long modelParamsBytes, long splitMode, long vocabOnly, long contextParamsBytes, long nThreads,
		long nThreadsBatch,
		long defragThold, long typeK, long typeV, long offloadKqv, long noPerf) {

	// The same in every supported version.
	static final long N_CTX = 0;
	static final long N_BATCH = 4;
	static final long N_UBATCH = 8;
	static final long N_SEQ_MAX = 12;

}
