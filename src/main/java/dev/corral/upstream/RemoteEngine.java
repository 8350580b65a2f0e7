package dev.corral.upstream;

import java.util.List;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationEvent.Admitted;
import dev.corral.inference.GenerationEvent.Failed;
import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.GenerationEvent.TokenDelta;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.Tokenizer;
import dev.corral.inference.Usage;
import dev.corral.inference.WorkStatistics;
import dev.corral.upstream.Wire.Target;
import dev.corral.worker.WorkerReport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A model at a worker, for one life of that worker: when it is lost, all that runs here fails with {@link InferenceFailure.WorkerLost} at
 * once, and the engine never serves again; when the worker is back, it has another one. What it tells of its load, cache and work is as old
 * as the last look at the worker. Safe for any thread.
 *
 * <p>The worker's stream is read as fast as it comes, whoever reads here; what waits is bounded by the length of the reply.
 */
final class RemoteEngine implements InferenceEngine {

	private final Wire wire;

	private final Target target;

	/** Fails for all that runs. */
	private final Sinks.Empty<Void> lost = Sinks.empty();

	private volatile WorkerReport.Engine seen;

	private volatile boolean serving = true;

	RemoteEngine(Wire wire, Target target, WorkerReport.Engine seen) {
		this.wire = wire;
		this.target = target;
		this.seen = seen;
	}

	/** What the worker has told of it just now. */
	void seen(WorkerReport.Engine seen) {
		this.seen = seen;
	}

	/** The worker is gone. Idempotent. */
	void lose(String reason) {
		serving = false;
		lost.tryEmitError(Faults.lost(reason));
	}

	@Override
	public ModelInfo model() {
		return target.info();
	}

	@Override
	public Tokenizer tokenizer() {
		return target.tokenizer();
	}

	@Override
	public EngineLoad load() {
		return seen.load();
	}

	@Override
	public CacheStatistics cache() {
		return seen.cache();
	}

	@Override
	public WorkStatistics work() {
		return seen.work().statistics();
	}

	@Override
	public DraftStatistics drafts() {
		return seen.drafts();
	}

	@Override
	public boolean serving() {
		return serving;
	}

	@Override
	public Flux<GenerationEvent> generate(GenerationRequest request) {
		return Flux.defer(() -> {
			check(request);
			var reply = new Progress(request);
			return wire.generate(target, request).concatWith(Mono.error(() -> Faults.lost("its reply broke off")))
					.takeUntil(Finished.class::isInstance).takeUntilOther(lost.asMono()).doOnNext(reply::saw)
					.onErrorResume(failure -> reply.failed(Faults.of(failure))).onBackpressureBuffer();
		});
	}

	/** The same for all kinds of workers, and without asking one. */
	private void check(GenerationRequest request) {
		int promptTokens = request.promptTokens().size();
		int room = request.resumed().tokens() > 0 ? 0 : Math.min(1, request.maxCompletionTokens());
		if (promptTokens > model().contextTokens() - room) {
			throw new InferenceFailure.PromptTooLong(promptTokens, model().contextTokens());
		}
	}

	@Override
	public Mono<List<float[]>> embed(List<List<Integer>> inputs) {
		return wire.embed(target, inputs).takeUntilOther(lost.asMono()).onErrorMap(Faults::of);
	}

	/** The worker keeps its model; what runs here fails. */
	@Override
	public void close() {
		serving = false;
		lost.tryEmitError(new InferenceFailure.EngineClosed());
	}

	/** What has come of a reply, for the event that tells of its failure. Used by one stream. */
	private static final class Progress {

		private final GenerationRequest request;

		private boolean admitted;

		private int cachedTokens;

		private int completionTokens;

		Progress(GenerationRequest request) {
			this.request = request;
			this.completionTokens = request.resumed().tokens();
		}

		void saw(GenerationEvent event) {
			switch (event) {
				case Admitted _ -> admitted = true;
				case PromptProcessed prompt -> cachedTokens = prompt.cachedTokens();
				case TokenDelta delta -> completionTokens += delta.tokenIds().size();
				case Finished _,Failed _ -> {
				}
			}
		}

		/** Once a request is admitted, its failure is an event. */
		Flux<GenerationEvent> failed(Throwable failure) {
			if (!admitted) {
				return Flux.error(failure);
			}
			var known = failure instanceof InferenceFailure inference
					? inference
					: new InferenceFailure.DecodeFailed(String.valueOf(failure.getMessage()));
			int promptTokens = request.promptTokens().size() - request.resumed().tokens();
			return Flux.just(new Failed(known, new Usage(promptTokens, completionTokens, cachedTokens)));
		}

	}

}
