package dev.corral.generation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

import dev.corral.catalog.ModelCatalog;
import dev.corral.contextwindow.MessageSizes;
import dev.corral.inference.InferenceFailure;
import dev.corral.routing.ModelRouter;
import reactor.core.publisher.Mono;

/** Finds models by their names. Safe for any thread. */
@Component
class ChatModels {

	private final ModelRouter router;

	private final ModelCatalog catalog;

	private final RequestMeters meters;

	private final Map<String, MessageSizes> sizes = new ConcurrentHashMap<>();

	ChatModels(ModelRouter router, ModelCatalog catalog, RequestMeters meters) {
		this.router = router;
		this.catalog = catalog;
		this.meters = meters;
	}

	/** An error signal is an {@link InferenceFailure} if no model has this name, the caller may not use it, or it is not ready. */
	Mono<ChatModel> find(String name) {
		return router.route(name).map(meters::measured)
				.map(engine -> new ChatModel(name, engine, catalog.get(name).template()));
	}

	/** How large messages are for a model. Takes milliseconds at the first time. */
	MessageSizes sizes(ChatModel model) {
		return sizes.computeIfAbsent(model.name(),
				_ -> new MessageSizes(model.template(), model.engine().tokenizer()));
	}

}
