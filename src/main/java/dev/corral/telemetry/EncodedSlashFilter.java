package dev.corral.telemetry;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

/** Answers 404 to an encoded slash below {@code /actuator}, where nothing has one in its name and Spring Boot's health endpoint fails at it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 90)
class EncodedSlashFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!hasEncodedSlash(exchange.getRequest())) {
			return chain.filter(exchange);
		}
		exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
		return exchange.getResponse().setComplete();
	}

	private static boolean hasEncodedSlash(ServerHttpRequest request) {
		PathContainer path = request.getPath().pathWithinApplication();
		return path.value().startsWith("/actuator/")
				&& path.elements().stream().anyMatch(element -> element instanceof PathSegment segment
						&& segment.valueToMatch().contains("/"));
	}

}
