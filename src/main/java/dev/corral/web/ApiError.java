package dev.corral.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * An error as clients see it.
 *
 * @param message for people; states the limit and the actual value
 * @param param the request's field at fault
 * @param code stable name of the error, for programs
 * @param retryAfter how soon a new attempt makes sense
 */
public record ApiError(HttpStatusCode status, String message, @Nullable String param, @Nullable String code,
		@Nullable Duration retryAfter) {

	public ApiError(HttpStatusCode status, String message, @Nullable String param, @Nullable String code) {
		this(status, message, param, code, null);
	}

}
