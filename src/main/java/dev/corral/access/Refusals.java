package dev.corral.access;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.web.RequestRefused;
import reactor.core.publisher.Mono;

/** Tells callers that they are not let in, in the words and the form of the API that they called. */
@Component
class Refusals
		implements
			ServerAuthenticationFailureHandler,
			ServerAuthenticationEntryPoint,
			ServerAccessDeniedHandler {

	/** Of the OpenAI API. */
	static final String INVALID_API_KEY = "invalid_api_key";

	static final String PERMISSION_DENIED = "permission_denied";

	private static final String NO_KEY = "This server asks for an API key. Send it as 'Authorization: Bearer KEY' or as 'x-api-key: KEY'.";

	/** Of the exchange: what was wrong with what was shown. */
	private static final String PROBLEM = Refusals.class.getName();

	/** A bad key is no key, which is good enough for some routes. */
	@Override
	public Mono<Void> onAuthenticationFailure(WebFilterExchange filtered, AuthenticationException failure) {
		var exchange = filtered.getExchange();
		exchange.getAttributes().put(PROBLEM, String.valueOf(failure.getMessage()));
		return filtered.getChain().filter(exchange);
	}

	@Override
	public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException missing) {
		return Mono.error(unauthorized(exchange, exchange.getAttributeOrDefault(PROBLEM, NO_KEY)));
	}

	/** A 401, whose header is required by RFC 9110, section 11.6.1. */
	static RequestRefused unauthorized(ServerWebExchange exchange, String message) {
		exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		return new RequestRefused(HttpStatus.UNAUTHORIZED, INVALID_API_KEY, message);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException denied) {
		return Mono.error(new RequestRefused(HttpStatus.FORBIDDEN, PERMISSION_DENIED,
				"This needs the key of an administrator."));
	}

}
