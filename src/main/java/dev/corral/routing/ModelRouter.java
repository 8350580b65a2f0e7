package dev.corral.routing;

import java.util.List;
import java.util.Objects;

import org.springframework.stereotype.Component;

import dev.corral.inference.AllowedModels;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModels;
import reactor.core.publisher.Mono;

/** Finds the engine that serves a request, among the models of all workers. Safe for any thread. */
@Component
public class ModelRouter {

	private final List<ServedModels> workers;

	ModelRouter(List<ServedModels> workers) {
		this.workers = workers;
	}

	/**
	 * The engine of a model: of several workers that serve it, the first one that is ready. An error signal is
	 * {@link InferenceFailure.ModelNotFound} if no worker knows the model, or the request that subscribes may not use it,
	 * {@link InferenceFailure.ModelLoading} if none is ready and one still loads it, and {@link InferenceFailure.ModelFailed} if none could
	 * load it.
	 */
	public Mono<InferenceEngine> route(String model) {
		return AllowedModels.check(model).then(Mono.fromSupplier(() -> engine(model)));
	}

	private InferenceEngine engine(String model) {
		var served = workers.stream().flatMap(worker -> worker.all().stream())
				.filter(candidate -> candidate.name().equals(model)).toList();
		return served.stream().map(ServedModel::engine).filter(Objects::nonNull).findFirst()
				.orElseThrow(() -> unavailable(model, served));
	}

	private static InferenceFailure unavailable(String model, List<? extends ServedModel> served) {
		if (served.isEmpty()) {
			return new InferenceFailure.ModelNotFound(model);
		}
		for (var candidate : served) {
			var reason = candidate.failure();
			if (reason == null) {
				return new InferenceFailure.ModelLoading(model);
			}
		}
		return new InferenceFailure.ModelFailed(model, Objects.requireNonNull(served.getFirst().failure()));
	}

}
