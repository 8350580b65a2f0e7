package dev.corral.web;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * An error as clients see it.
 *
 * @param message for people; states the limit and the actual value
 * @param param the request's field at fault
 * @param code stable name of the error, for programs
 * @param retryAfter how soon a new attempt makes sense, in whole seconds
 * @param requestLimit how many requests there may be, if that is what was exceeded
 */
public record ApiError(HttpStatusCode status, String message, @Nullable String param, @Nullable String code,
		@Nullable Duration retryAfter, @Nullable Integer requestLimit) {

	public ApiError(HttpStatusCode status, String message, @Nullable String param, @Nullable String code) {
		this(status, message, param, code, null);
	}

	public ApiError(HttpStatusCode status, String message, @Nullable String param, @Nullable String code,
			@Nullable Duration retryAfter) {
		this(status, message, param, code, retryAfter, null);
	}

	/**
	 * The headers that tell clients when to come back, by name: {@code Retry-After} (RFC 9110, section 10.2.3) and, where a limit was
	 * exceeded, those of the OpenAI API, which writes times as in {@code 2s}.
	 */
	Map<String, String> headers() {
		if (retryAfter == null) {
			return Map.of();
		}
		var seconds = String.valueOf(retryAfter.toSeconds());
		return requestLimit == null
				? Map.of(HttpHeaders.RETRY_AFTER, seconds)
				: Map.of(HttpHeaders.RETRY_AFTER, seconds, "x-ratelimit-limit-requests", requestLimit.toString(),
						"x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", seconds + "s");
	}

}
