package dev.corral.generation;

import java.util.function.BiFunction;

import org.springframework.stereotype.Component;

import dev.corral.inference.InferenceFailure;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.Tokenizer;
import dev.corral.routing.ModelRouter;
import reactor.core.publisher.Mono;

/** The vocabularies of the served models, for work that is not part of a reply. Safe for any thread. */
@Component
public class Vocabularies {

	private final ModelRouter router;

	Vocabularies(ModelRouter router) {
		this.router = router;
	}

	/**
	 * Does something with a model's vocabulary, on a thread that may take its time. An error signal is what {@code work} throws, or an
	 * {@link InferenceFailure} if the model is not served.
	 */
	public <T> Mono<T> use(String model, BiFunction<Tokenizer, ModelInfo, T> work) {
		return router.route(model)
				.flatMap(engine -> OffEventLoop.call(() -> work.apply(engine.tokenizer(), engine.model())));
	}

}
