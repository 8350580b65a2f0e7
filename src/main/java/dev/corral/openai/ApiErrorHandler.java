package dev.corral.openai;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

import reactor.core.publisher.Mono;

/**
 * Answers every error under {@code /v1} in the API's envelope, whatever the client accepts and wherever it arose: a
 * filter, the routing or a handler. Comes before Spring Boot's own handler, whose order is -1.
 */
@Component
@Order(-2)
class ApiErrorHandler implements WebExceptionHandler {

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		var response = exchange.getResponse();
		if (!ApiPaths.includes(exchange) || response.isCommitted()
				|| DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			return Mono.error(failure);
		}
		var error = ApiErrors.of(failure, RequestIdFilter.idOf(exchange));
		response.setStatusCode(error.status());
		if (failure instanceof ResponseStatusException http) {
			response.getHeaders().putAll(http.getHeaders());
		}
		var retryAfter = error.retryAfter();
		if (retryAfter != null) {
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()));
		}
		return JsonResponse.write(response, error.envelope());
	}

}
