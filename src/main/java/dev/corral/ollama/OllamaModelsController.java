package dev.corral.ollama;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.inference.AllowedModels;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import reactor.core.publisher.Mono;

/** {@code GET /api/tags}, {@code POST /api/show}, {@code GET /api/ps} and {@code GET /api/version}. */
@RestController
class OllamaModelsController {

	/** The version of Ollama whose API this is; clients ask whether it is new enough for them. */
	static final String VERSION = "0.12.6";

	private final ModelDescriptions models;

	private final RequestBody body;

	private final RequestParser parser;

	OllamaModelsController(ModelDescriptions models, RequestBody body, RequestParser parser) {
		this.models = models;
		this.body = body;
		this.parser = parser;
	}

	@GetMapping("/api/tags")
	Mono<Void> tags(ServerWebExchange exchange) {
		return AllowedModels.current()
				.map(allowed -> new Models(
						models.configured().stream().filter(model -> allowed.contains(model.name())).toList()))
				.flatMap(list -> JsonResponse.write(exchange.getResponse(), list));
	}

	@GetMapping("/api/ps")
	Mono<Void> running(ServerWebExchange exchange) {
		return AllowedModels.current()
				.map(allowed -> new Models(
						models.running().stream().filter(model -> allowed.contains(model.name())).toList()))
				.flatMap(list -> JsonResponse.write(exchange.getResponse(), list));
	}

	@PostMapping("/api/show")
	Mono<Void> show(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).map(parser::model)
				.flatMap(name -> AllowedModels.check(name).then(Mono.fromSupplier(() -> models.describe(name))))
				.flatMap(model -> JsonResponse.write(exchange.getResponse(), model));
	}

	@GetMapping("/api/version")
	Mono<Void> version(ServerWebExchange exchange) {
		return JsonResponse.write(exchange.getResponse(), new Version(VERSION));
	}

	record Models(List<?> models) {
	}

	record Version(String version) {
	}

}
