package dev.corral.access;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

import dev.corral.access.keys.SessionStore;

/** The cookie of a browser that has signed in. Scripts cannot read it, and requests that other sites cause do not carry it. */
final class SessionCookie {

	static final String NAME = "corral_session";

	private SessionCookie() {
	}

	/** The token in the request's cookie; {@code null} without one. */
	static @Nullable String of(ServerHttpRequest request) {
		var cookie = request.getCookies().getFirst(NAME);
		return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
	}

	static ResponseCookie keep(String token, ServerHttpRequest request) {
		return cookie(token, request, SessionStore.LIFE);
	}

	static ResponseCookie remove(ServerHttpRequest request) {
		return cookie("", request, Duration.ZERO);
	}

	private static ResponseCookie cookie(String value, ServerHttpRequest request, Duration life) {
		return ResponseCookie.from(NAME, value).httpOnly(true).sameSite("Strict").path("/").secure(byHttps(request))
				.maxAge(life).build();
	}

	/** Also where a proxy has taken TLS off. Who only claims that gets a cookie back that is kept more carefully. */
	private static boolean byHttps(ServerHttpRequest request) {
		return "https".equalsIgnoreCase(request.getURI().getScheme())
				|| "https".equalsIgnoreCase(request.getHeaders().getFirst("X-Forwarded-Proto"));
	}

}
