package dev.corral.generation;

import org.springframework.stereotype.Component;

import dev.corral.inference.InferenceEngine;
import dev.corral.inference.InferenceFailure;
import dev.corral.routing.ModelRouter;
import reactor.core.publisher.Mono;

/** Finds the engines of models, as they are to be used for requests. Safe for any thread. */
@Component
class Engines {

	private final ModelRouter router;

	private final RequestMeters meters;

	Engines(ModelRouter router, RequestMeters meters) {
		this.router = router;
		this.meters = meters;
	}

	/** An error signal is an {@link InferenceFailure} if no model has this name, the caller may not use it, or it is not ready. */
	Mono<InferenceEngine> find(String model) {
		return router.route(model).map(engine -> meters.measured(new PaidEngine(model, engine)));
	}

}
