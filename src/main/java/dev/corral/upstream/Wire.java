package dev.corral.upstream;

import java.util.List;

import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.Tokenizer;
import dev.corral.worker.WorkerReport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How one kind of server is spoken to; its quirks stay in its class. Error signals are those of {@link Faults}, and nothing here knows
 * whether the server is thought to be alive. Safe for any thread.
 */
interface Wire {

	/** How the server is and what it serves, by the names it has for models. */
	Mono<WorkerReport> probe();

	/**
	 * As {@link dev.corral.inference.InferenceEngine#generate}, but that every failure is an error signal.
	 *
	 * @param model as the server names it
	 */
	Flux<GenerationEvent> generate(Target model, GenerationRequest request);

	/** As {@link dev.corral.inference.InferenceEngine#embed}. */
	Mono<List<float[]>> embed(Target model, List<List<Integer>> inputs);

	/** Has the server take no new requests, or take them again. */
	Mono<Void> drain(boolean draining);

	/** Ends the connections. */
	void close();

	/**
	 * A model of a server.
	 *
	 * @param name the server's own name of it
	 * @param info as it is known here
	 * @param tokenizer of its vocabulary
	 */
	record Target(String name, ModelInfo info, Tokenizer tokenizer) {
	}

}
