package dev.corral.openai;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.generation.TextEmbedding;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/** {@code POST /v1/embeddings}. A client that hangs up cancels what is not computed yet. */
@RestController
class EmbeddingsController {

	private static final String ROUTE = "/v1/embeddings";

	private final RequestBody body;

	private final UnknownFields unknown;

	private final TextEmbedding embedding;

	EmbeddingsController(RequestBody body, UnknownFields unknown, TextEmbedding embedding) {
		this.body = body;
		this.unknown = unknown;
		this.embedding = embedding;
	}

	@PostMapping(path = ROUTE, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> create(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).map(fields -> unknown.reading(ROUTE, fields, EmbeddingRequest::parse))
				.flatMap(request -> embedding.embed(request.model(), request.inputs(), request.dimensions())
						.map(vectors -> EmbeddingList.of(request, vectors)))
				.flatMap(list -> JsonResponse.write(exchange.getResponse(), list));
	}

}
