package dev.corral.web;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A request that is not served, with what clients are told beside the status: a code, and headers. */
public final class RequestRefused extends ResponseStatusException {

	private final @Nullable String code;

	private final transient HttpHeaders headers = new HttpHeaders();

	/**
	 * @param code stable name of the error, for programs
	 * @param reason for people, as one sentence
	 */
	public RequestRefused(HttpStatus status, String code, String reason) {
		this(status, code, reason, Map.of());
	}

	public RequestRefused(HttpStatus status, @Nullable String code, String reason, Map<String, String> headers) {
		super(status, reason);
		this.code = code;
		headers.forEach(this.headers::set);
	}

	RequestRefused(HttpStatus status, String reason, Map<String, String> headers) {
		this(status, null, reason, headers);
	}

	@Nullable
	String code() {
		return code;
	}

	@Override
	public HttpHeaders getHeaders() {
		return headers;
	}

}
