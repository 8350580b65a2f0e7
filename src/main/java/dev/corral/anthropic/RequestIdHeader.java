package dev.corral.anthropic;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.corral.web.RequestIdFilter;
import reactor.core.publisher.Mono;

/** Tells a request's id under the name that the clients of this API look for, too. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class RequestIdHeader implements WebFilter {

	static final String HEADER = "request-id";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (AnthropicErrors.isMessages(exchange.getRequest().getPath().pathWithinApplication().value())) {
			exchange.getResponse().getHeaders().set(HEADER, RequestIdFilter.idOf(exchange));
		}
		return chain.filter(exchange);
	}

}
