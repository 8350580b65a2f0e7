package dev.corral.openai;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * An error as clients see it.
 *
 * @param param the request's field at fault
 * @param code stable name of the error, for programs
 * @param retryAfter how soon a new attempt makes sense
 */
record ApiError(HttpStatusCode status, String message, @Nullable String param, @Nullable String code,
		@Nullable Duration retryAfter) {

	ApiError(HttpStatusCode status, String message, @Nullable String param, @Nullable String code) {
		this(status, message, param, code, null);
	}

	Envelope envelope() {
		return new Envelope(new Body(message, type(), param, code));
	}

	private String type() {
		if (status.value() == 429) {
			return "rate_limit_error";
		}
		return status.is5xxServerError() ? "server_error" : "invalid_request_error";
	}

	/** {@code ErrorResponse} of the OpenAI API. */
	record Envelope(Body error) {
	}

	/** {@code Error} of the OpenAI API; all four fields are required, the last two may be null. */
	record Body(String message, String type, @Nullable String param, @Nullable String code) {
	}

}
