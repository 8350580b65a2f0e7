package dev.corral.access;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/**
 * Finds what a request shows to be let in. The first of these counts, and it alone: the key in {@code Authorization: Bearer}, the key in
 * {@code x-api-key} (which clients of Anthropic's API send), the cookie. All lead to the same look-up. A server that asks for no keys looks at
 * none, for many clients cannot do without sending one.
 */
@Component
class Credentials implements ServerAuthenticationConverter {

	static final String KEY_HEADER = "x-api-key";

	private static final String BEARER = "Bearer ";

	private final KeyRequirement requirement;

	Credentials(KeyRequirement requirement) {
		this.requirement = requirement;
	}

	@Override
	public Mono<Authentication> convert(ServerWebExchange exchange) {
		return requirement.required() ? Mono.justOrEmpty(offered(exchange.getRequest())) : Mono.just(SignedIn.LOCAL);
	}

	private static @Nullable Offered offered(ServerHttpRequest request) {
		var authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return new Offered(Offered.Kind.KEY, authorization.substring(BEARER.length()).strip());
		}
		var key = request.getHeaders().getFirst(KEY_HEADER);
		if (key != null) {
			return new Offered(Offered.Kind.KEY, key.strip());
		}
		var token = SessionCookie.of(request);
		return token == null ? null : new Offered(Offered.Kind.TOKEN, token);
	}

}
