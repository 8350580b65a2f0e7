package dev.corral.inference;

import reactor.core.publisher.Flux;

/** One loaded model that generates. Safe for use by any thread. */
public interface InferenceEngine extends AutoCloseable {

	ModelInfo model();

	Tokenizer tokenizer();

	EngineLoad load();

	/** What it has cached; a counter never goes down. */
	CacheStatistics cache();

	/** What it has drafted; a counter never goes down. */
	DraftStatistics drafts();

	/** Whether it still takes requests; an engine that was closed or has died never does again. */
	boolean serving();

	/**
	 * Generates when subscribed to. Rejection ({@link InferenceFailure.PromptTooLong}, {@link InferenceFailure.QueueFull},
	 * {@link InferenceFailure.EngineClosed}) is an error signal before any event. Once {@link GenerationEvent.Admitted} was
	 * emitted there is exactly one terminal event, then completion. Cancelling the subscription stops the generation
	 * before the engine's next step and frees what it held. A slow reader does not hold the engine up: deltas that it has
	 * not taken are merged.
	 */
	Flux<GenerationEvent> generate(GenerationRequest request);

	/** Refuses new requests, fails the running ones with {@link InferenceFailure.EngineClosed} and frees the model. Idempotent. */
	@Override
	void close();

}
