package dev.corral.web;

import java.util.Objects;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** What clients are told about requests that did not reach a handler. */
final class HttpMessages {

	/** Not the framework's reason, which speaks of static files. */
	private static final String NOT_FOUND = "There is no such resource. GET /openapi.json describes all that are served here.";

	private HttpMessages() {
	}

	static String of(ResponseStatusException failure) {
		return switch (failure) {
			case MethodNotAllowedException method -> "This resource does not support the method %s, only %s."
					.formatted(method.getHttpMethod(), method.getSupportedMethods());
			case UnsupportedMediaTypeStatusException _ ->
				"The request body must be JSON: send it with Content-Type: application/json.";
			default -> failure.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)
					? NOT_FOUND
					: Objects.requireNonNullElse(failure.getReason(), "The request was refused.");
		};
	}

}
