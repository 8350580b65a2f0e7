package dev.corral.web;

import java.util.List;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/**
 * Answers every error of an API in that API's own format, whatever the client accepts and wherever it arose: a filter, the
 * routing or a handler. Comes before Spring Boot's own handler, whose order is -1.
 */
@Component
@Order(-2)
class ApiErrorHandler implements WebExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ApiErrorHandler.class);

	private static final String METER = "corral.api.refused";

	private final List<ErrorFormat> formats;

	private final MeterRegistry meters;

	ApiErrorHandler(List<ErrorFormat> formats, MeterRegistry meters) {
		this.formats = formats;
		this.meters = meters;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		if (answeredByNetty(failure)) {
			return gone(exchange, failure);
		}
		var path = routed(exchange.getRequest().getPath().pathWithinApplication());
		var format = formats.stream().filter(each -> each.covers(path)).findFirst().orElse(null);
		if (format == null || exchange.getResponse().isCommitted()) {
			return Mono.error(failure);
		}
		return DisconnectedClientHelper.isClientDisconnectedException(failure)
				? gone(exchange, failure)
				: answer(exchange, failure, format).onErrorResume(unsent -> gone(exchange, unsent));
	}

	/** The path as routes match it: decoded and without parameters, so that {@code /x;a=b} has the errors of {@code /x}. */
	private static String routed(PathContainer path) {
		return path.elements().stream()
				.map(element -> element instanceof PathSegment segment ? segment.valueToMatch() : element.value())
				.collect(Collectors.joining());
	}

	/** Netty answers malformed bodies itself, also those that nobody reads, and then refuses the handler's answer. It has no type for that. */
	private static boolean answeredByNetty(Throwable failure) {
		return failure instanceof IllegalStateException
				&& "Status and headers already sent".equals(failure.getMessage());
	}

	/** A client that hangs up, or whom Netty has already told that its chunks are malformed, is nothing to alarm an operator with. */
	private static Mono<Void> gone(ServerWebExchange exchange, Throwable failure) {
		var requestId = RequestIdFilter.idOf(exchange);
		log.atDebug().addKeyValue("request_id", requestId).log("Request {} could not be answered: {}", requestId,
				failure.toString());
		return Mono.empty();
	}

	private Mono<Void> answer(ServerWebExchange exchange, Throwable failure, ErrorFormat format) {
		var requestId = RequestIdFilter.idOf(exchange);
		var error = ApiErrors.of(failure, requestId);
		count(error);
		var response = exchange.getResponse();
		response.setStatusCode(error.status());
		if (failure instanceof ResponseStatusException http) {
			response.getHeaders().putAll(http.getHeaders());
		}
		error.headers().forEach(response.getHeaders()::set);
		return JsonResponse.write(response, format.body(error, requestId));
	}

	private void count(ApiError error) {
		var code = error.code();
		Counter.builder(METER).description("Requests that were answered with an error").baseUnit("requests")
				.tag("reason", code == null ? "status_" + error.status().value() : code).register(meters).increment();
	}

}
