package dev.corral.web;

import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** A request that is not read, and headers that say more. */
final class RequestRefused extends ResponseStatusException {

	private final transient HttpHeaders headers = new HttpHeaders();

	RequestRefused(HttpStatus status, String reason, Map<String, String> headers) {
		super(status, reason);
		headers.forEach(this.headers::set);
	}

	@Override
	public HttpHeaders getHeaders() {
		return headers;
	}

}
