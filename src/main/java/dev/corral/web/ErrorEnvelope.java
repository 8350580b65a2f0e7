package dev.corral.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/** {@code ErrorResponse} of the OpenAI API, which the platform's own API has too. */
public record ErrorEnvelope(Body error) {

	public static ErrorEnvelope of(ApiError error) {
		return new ErrorEnvelope(new Body(error.message(), type(error.status()), error.param(), error.code()));
	}

	private static String type(HttpStatusCode status) {
		if (status.value() == 429) {
			return "rate_limit_error";
		}
		return status.is5xxServerError() ? "server_error" : "invalid_request_error";
	}

	/** {@code Error} of the OpenAI API; all four fields are required, the last two may be null. */
	public record Body(String message, String type, @Nullable String param, @Nullable String code) {
	}

}
