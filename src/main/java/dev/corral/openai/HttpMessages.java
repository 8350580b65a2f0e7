package dev.corral.openai;

import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** What clients are told about requests that did not reach a handler. */
final class HttpMessages {

	private HttpMessages() {
	}

	static String of(ResponseStatusException failure) {
		return switch (failure) {
			case MethodNotAllowedException method -> "This resource does not support the method %s, only %s."
					.formatted(method.getHttpMethod(), method.getSupportedMethods());
			case UnsupportedMediaTypeStatusException _ ->
				"The request body must be JSON: send it with Content-Type: application/json.";
			default -> {
				var notFound = failure.getStatusCode().value() == 404;
				var reason = failure.getReason();
				yield notFound || reason == null
						? "There is no such resource. GET /v1/models and "
								+ "POST /v1/chat/completions are served here."
						: reason;
			}
		};
	}

}
