package dev.corral.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.GenerationEvent;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.InferenceFailure.WorkerLost;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.Tokenizer;
import dev.corral.inference.WorkStatistics;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The replicas of a model as one engine, which lives as long as any of them: it picks one for each request and goes on elsewhere when that one
 * fails ({@link Journey}).
 */
final class PooledEngine implements InferenceEngine {

	private final Replicas replicas;

	private final Pooling pooling;

	PooledEngine(Replicas replicas, Pooling pooling) {
		this.replicas = replicas;
		this.pooling = pooling;
	}

	/**
	 * Of any replica, since all are of one kind; of the last one if all have gone.
	 *
	 * @throws WorkerLost if there has been none
	 */
	@Override
	public ModelInfo model() {
		return replicas.any().model();
	}

	/** As {@link #model}. */
	@Override
	public Tokenizer tokenizer() {
		return replicas.any().tokenizer();
	}

	@Override
	public EngineLoad load() {
		return replicas.totals().load();
	}

	@Override
	public CacheStatistics cache() {
		return replicas.totals().cache();
	}

	@Override
	public WorkStatistics work() {
		return replicas.totals().work();
	}

	@Override
	public DraftStatistics drafts() {
		return replicas.totals().drafts();
	}

	@Override
	public boolean serving() {
		return replicas.ready().stream().anyMatch(replica -> replica.engine().serving());
	}

	@Override
	public Flux<GenerationEvent> generate(GenerationRequest request) {
		return Flux.defer(() -> new Journey(request, replicas, pooling).next());
	}

	@Override
	public Mono<List<float[]>> embed(List<List<Integer>> inputs) {
		return Mono.defer(() -> {
			var lost = new WorkerLost("none of its workers takes requests");
			return embed(inputs, new ArrayList<>(), lost).onErrorResume(WorkerLost.class,
					failure -> new Recovery(replicas, pooling).replica(pooling.settings().deadline())
							.flatMap(found -> found ? embed(inputs, new ArrayList<>(), lost) : Mono.error(failure)));
		});
	}

	private Mono<List<float[]>> embed(List<List<Integer>> inputs, List<Replica> left, InferenceFailure failure) {
		var replica = leastBusy(left);
		if (replica.isEmpty() || left.size() > pooling.settings().retries()) {
			return Mono.error(failure);
		}
		var chosen = replica.get();
		left.add(chosen);
		return chosen.engine().embed(inputs).doOnSuccess(_ -> chosen.circuit().answered()).doFinally(_ -> {
			chosen.leave();
			chosen.circuit().undecided();
		})
				.onErrorResume(InferenceFailure.class, error -> switch (error.kind()) {
					case WORKER_LOST, ENGINE_CLOSED, MODEL_LOADING, MODEL_FAILED, MODEL_NOT_FOUND -> {
						chosen.circuit().lost();
						yield embed(inputs, left, error);
					}
					case QUEUE_FULL -> {
						chosen.circuit().answered();
						yield embed(inputs, left, error);
					}
					default -> {
						chosen.circuit().failed();
						yield Mono.error(error);
					}
				});
	}

	private Optional<Replica> leastBusy(List<Replica> left) {
		return replicas.ready().stream().filter(replica -> replica.takesRequests() && !left.contains(replica))
				.sorted(Comparator.comparingDouble(PooledEngine::fullness)).filter(Replica::enter).findFirst();
	}

	private static double fullness(Replica replica) {
		return (double) replica.busy() / Math.max(1, replica.engine().load().sequences());
	}

	/** The replicas belong to their workers. */
	@Override
	public void close() {
	}

}
