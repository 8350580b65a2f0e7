package dev.corral.access;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.corral.inference.Tenant;
import reactor.core.publisher.Mono;

/**
 * Makes each request one of its key's owner, where tenants must not share cached prefixes. Those who need no key are told apart by what their
 * requests say alone: gateways, for their workers. After those who find out who is calling.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 100)
@ConditionalOnProperty(name = "corral.engine.prefix-sharing", havingValue = "tenant")
class TenantFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		var caller = SignedIn.of(exchange.getRequest());
		return caller == null || caller == SignedIn.LOCAL
				? chain.filter(exchange)
				: chain.filter(exchange).contextWrite(new Tenant(caller.key().owner()).intoContext());
	}

}
