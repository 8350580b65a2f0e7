package dev.corral.inference;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One loaded model that generates. Safe for use by any thread. */
public interface InferenceEngine extends AutoCloseable {

	ModelInfo model();

	Tokenizer tokenizer();

	EngineLoad load();

	/** What it has cached; a counter never goes down. */
	CacheStatistics cache();

	/** What it has computed; a counter never goes down. */
	WorkStatistics work();

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

	/**
	 * Turns texts into vectors of length 1 and {@link ModelInfo#embeddingDimensions} dimensions, such that texts of similar meaning lie
	 * near each other, when subscribed to; one for each input, in their order. An error signal is
	 * {@link InvalidParameter} (an input is empty or does not fit the window, or the model makes no such vectors), or
	 * {@link InferenceFailure.QueueFull}, {@link InferenceFailure.EngineClosed} or {@link InferenceFailure.DecodeFailed}. Cancelling
	 * drops what is not computed yet.
	 *
	 * @param inputs token ids of each text
	 */
	Mono<List<float[]>> embed(List<List<Integer>> inputs);

	/** Refuses new requests, fails the running ones with {@link InferenceFailure.EngineClosed} and frees the model. Idempotent. */
	@Override
	void close();

}
