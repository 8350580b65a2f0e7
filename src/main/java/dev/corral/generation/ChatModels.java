package dev.corral.generation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

import dev.corral.catalog.ModelCatalog;
import dev.corral.contextwindow.MessageSizes;
import dev.corral.inference.InferenceFailure;
import dev.corral.routing.ModelRouter;

/** Finds models by their names. Safe for any thread. */
@Component
class ChatModels {

	private final ModelRouter router;

	private final ModelCatalog catalog;

	private final Map<String, MessageSizes> sizes = new ConcurrentHashMap<>();

	ChatModels(ModelRouter router, ModelCatalog catalog) {
		this.router = router;
		this.catalog = catalog;
	}

	/** @throws InferenceFailure if no model has this name, or it is not ready */
	ChatModel find(String name) {
		var engine = router.route(name);
		return new ChatModel(name, engine, catalog.get(name).template());
	}

	/** How large messages are for a model. Takes milliseconds at the first time. */
	MessageSizes sizes(ChatModel model) {
		return sizes.computeIfAbsent(model.name(),
				_ -> new MessageSizes(model.template(), model.engine().tokenizer()));
	}

}
