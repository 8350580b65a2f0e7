package dev.corral.anthropic;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;

import dev.corral.web.ApiError;
import dev.corral.web.ErrorFormat;

/** {@code ErrorResponse} of the Anthropic API, for {@code /v1/messages} and everything below. */
@Component
@Order(0)
final class AnthropicErrors implements ErrorFormat {

	private static final String PATH = "/v1/messages";

	@Override
	public boolean covers(String path) {
		return isMessages(path);
	}

	static boolean isMessages(String path) {
		return path.equals(PATH) || path.startsWith(PATH + "/");
	}

	@Override
	public Object body(ApiError error, String requestId) {
		return envelope(error, requestId);
	}

	static Envelope envelope(ApiError error, String requestId) {
		return new Envelope("error", new Body(type(error.status()), error.message()), requestId);
	}

	private static String type(HttpStatusCode status) {
		return switch (status.value()) {
			case 401 -> "authentication_error";
			case 403 -> "permission_error";
			case 404 -> "not_found_error";
			case 408, 504 -> "timeout_error";
			case 413 -> "request_too_large";
			case 429 -> "rate_limit_error";
			case 503 -> "overloaded_error";
			default -> status.is5xxServerError() ? "api_error" : "invalid_request_error";
		};
	}

	record Envelope(String type, Body error, String requestId) {
	}

	record Body(String type, String message) {
	}

}
