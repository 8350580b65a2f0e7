package dev.corral.usage;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.corral.access.CallingKeys;
import dev.corral.inference.TokenAccount;
import reactor.core.publisher.Mono;

/** Has what every request makes counted, beside whatever account it has. After the filter that limits keys. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 90)
class UsageFilter implements WebFilter {

	private final CallingKeys keys;

	private final UnsavedUsage usage;

	UsageFilter(CallingKeys keys, UnsavedUsage usage) {
		this.keys = keys;
		this.usage = usage;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		var key = keys.of(exchange.getRequest());
		return key == null
				? chain.filter(exchange)
				: chain.filter(exchange).contextWrite(
						context -> new CountedAccount(TokenAccount.of(context), key, usage).intoContext()
								.apply(context));
	}

}
