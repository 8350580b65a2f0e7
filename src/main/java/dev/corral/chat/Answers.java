package dev.corral.chat;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.web.JsonResponse;
import reactor.core.publisher.Mono;

/** Writes answers, which are private and change, so that nobody on the way may keep them. */
final class Answers {

	private Answers() {
	}

	static Mono<Void> write(ServerWebExchange exchange, Object answer) {
		return write(exchange, HttpStatus.OK, answer);
	}

	static Mono<Void> write(ServerWebExchange exchange, HttpStatus status, Object answer) {
		var response = exchange.getResponse();
		response.setStatusCode(status);
		response.getHeaders().setCacheControl("no-store");
		return JsonResponse.write(response, answer);
	}

	/** Says that it is done, once subscribed to. */
	static Mono<Void> nothing(ServerWebExchange exchange) {
		return Mono.defer(() -> {
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			return exchange.getResponse().setComplete();
		});
	}

}
