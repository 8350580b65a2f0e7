package dev.corral.web;

import java.util.UUID;
import java.util.regex.Pattern;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

/**
 * Gives every request an id, answered as {@code x-request-id}: the one the client sent if it is well formed,
 * else a fresh one. First in the chain, so that whatever refuses a request afterwards can name it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestIdFilter implements WebFilter {

	public static final String HEADER = "x-request-id";

	/** Nothing that could break out of a log line or a header. */
	private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

	private static final String ATTRIBUTE = RequestIdFilter.class.getName();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		var given = exchange.getRequest().getHeaders().getFirst(HEADER);
		var id = given != null && WELL_FORMED.matcher(given).matches() ? given : newId();
		exchange.getAttributes().put(ATTRIBUTE, id);
		exchange.getResponse().getHeaders().set(HEADER, id);
		return chain.filter(exchange);
	}

	static String newId() {
		return "req_" + UUID.randomUUID();
	}

	public static String idOf(ServerWebExchange exchange) {
		return exchange.getAttributeOrDefault(ATTRIBUTE, "unknown");
	}

}
