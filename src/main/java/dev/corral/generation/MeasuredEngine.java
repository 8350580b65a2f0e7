package dev.corral.generation;

import java.util.List;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.Tokenizer;
import dev.corral.inference.WorkStatistics;
import io.micrometer.core.instrument.Clock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An engine whose requests are measured from when they reach it; all else is the engine's. */
record MeasuredEngine(InferenceEngine engine, RequestMeters.OfModel meters, Clock clock) implements InferenceEngine {

	@Override
	public Flux<GenerationEvent> generate(GenerationRequest request) {
		return Flux.defer(() -> {
			var measured = new RequestMeasurement(meters, clock);
			return engine.generate(request).doOnNext(measured::accept).doOnError(measured::failed)
					.doOnCancel(measured::cancelled);
		});
	}

	@Override
	public ModelInfo model() {
		return engine.model();
	}

	@Override
	public Tokenizer tokenizer() {
		return engine.tokenizer();
	}

	@Override
	public EngineLoad load() {
		return engine.load();
	}

	@Override
	public CacheStatistics cache() {
		return engine.cache();
	}

	@Override
	public WorkStatistics work() {
		return engine.work();
	}

	@Override
	public DraftStatistics drafts() {
		return engine.drafts();
	}

	@Override
	public boolean serving() {
		return engine.serving();
	}

	@Override
	public Mono<List<float[]>> embed(List<List<Integer>> inputs) {
		return engine.embed(inputs);
	}

	@Override
	public void close() {
		engine.close();
	}

}
