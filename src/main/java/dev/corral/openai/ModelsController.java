package dev.corral.openai;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.catalog.ModelCatalog;
import dev.corral.inference.AllowedModels;
import dev.corral.inference.InferenceFailure;
import dev.corral.inference.ServedModel;
import dev.corral.inference.ServedModels;
import dev.corral.web.JsonResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}: every configured model that the caller may use, whether it is ready or not. */
@RestController
class ModelsController {

	private final ServedModels models;

	private final ModelCatalog catalog;

	ModelsController(ServedModels models, ModelCatalog catalog) {
		this.models = models;
		this.catalog = catalog;
	}

	@GetMapping("/v1/models")
	Mono<Void> list(ServerWebExchange exchange) {
		return AllowedModels.current()
				.map(allowed -> ModelList.of(models.all().stream().filter(served -> allowed.contains(served.name()))
						.map(this::entry).toList()))
				.flatMap(list -> JsonResponse.write(exchange.getResponse(), list));
	}

	/** The id is the rest of the path, for names may hold slashes. */
	@GetMapping("/v1/models/{*id}")
	Mono<Void> get(@PathVariable String id, ServerWebExchange exchange) {
		var name = id.substring(1);
		var model = models.all().stream().filter(served -> served.name().equals(name)).findFirst()
				.orElseThrow(() -> new InferenceFailure.ModelNotFound(name));
		return AllowedModels.check(name).then(JsonResponse.write(exchange.getResponse(), entry(model)));
	}

	private ModelList.Entry entry(ServedModel served) {
		return ModelList.Entry.of(served, catalog.get(served.name()), catalog.isDefault(served.name()));
	}

}
