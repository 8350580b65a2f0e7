package dev.corral.ollama;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.web.JsonResponse;
import reactor.core.publisher.Mono;

/** The routes by which Ollama's models are managed: here they are the operator's, in the configuration. */
@RestController
class ManagementController {

	private static final OllamaErrors.Envelope NOT_SERVED = new OllamaErrors.Envelope(
			"Models are configured by whoever runs this server (corral.models), not over the API.");

	@RequestMapping({"/api/pull", "/api/push", "/api/create", "/api/copy", "/api/delete", "/api/blobs/{digest}"})
	Mono<Void> refuse(ServerWebExchange exchange) {
		exchange.getResponse().setStatusCode(HttpStatus.NOT_IMPLEMENTED);
		return JsonResponse.write(exchange.getResponse(), NOT_SERVED);
	}

}
