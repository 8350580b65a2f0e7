package dev.corral.routing;

import org.springframework.stereotype.Component;

import dev.corral.inference.AllowedModels;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModels;
import reactor.core.publisher.Mono;

/** Finds the engine that serves a request. Safe for any thread. */
@Component
public class ModelRouter {

	private final ServedModels models;

	ModelRouter(ServedModels models) {
		this.models = models;
	}

	/**
	 * The engine of a model. An error signal is {@link InferenceFailure.ModelNotFound} if no worker knows the model, or the request that
	 * subscribes may not use it, {@link InferenceFailure.ModelLoading} while it is being loaded, {@link InferenceFailure.ModelFailed} if
	 * nobody could load it, and {@link InferenceFailure.WorkerLost} if no worker that serves it answers. The engine of a model that was
	 * ready and is expected back is found, and lets requests wait.
	 */
	public Mono<InferenceEngine> route(String model) {
		return AllowedModels.check(model).then(Mono.fromSupplier(() -> engine(model)));
	}

	private InferenceEngine engine(String model) {
		var served = models.all().stream().filter(candidate -> candidate.name().equals(model)).findFirst()
				.orElseThrow(() -> new InferenceFailure.ModelNotFound(model));
		var engine = served.engine();
		if (engine == null && served instanceof PooledModel pooled) {
			engine = pooled.returning();
		}
		if (engine == null) {
			throw unavailable(served);
		}
		return engine;
	}

	private static InferenceFailure unavailable(ServedModel served) {
		var reason = served.failure();
		if (reason != null) {
			return new InferenceFailure.ModelFailed(served.name(), reason);
		}
		return served.state() == ServedModel.State.UNREACHABLE
				? new InferenceFailure.WorkerLost("its worker does not answer")
				: new InferenceFailure.ModelLoading(served.name());
	}

}
