package dev.corral.chat;

import java.util.List;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import reactor.core.publisher.Mono;

/**
 * Answers the page's own addresses with its one file, so that a view of the page can be opened by its link. The page reads from
 * its address what to show; whether there is such a conversation is asked of the API.
 */
@Component
class PageAddresses implements WebFilter {

	private static final String PAGE = "/index.html";

	private static final List<PathPattern> VIEWS = List
			.of("/c/{id}", "/compare", "/operator", "/settings", "/shared/{token}").stream()
			.map(PathPatternParser.defaultInstance::parse).toList();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		var request = exchange.getRequest();
		var method = request.getMethod();
		boolean reads = method == HttpMethod.GET || method == HttpMethod.HEAD;
		if (!reads || !isView(request.getPath().pathWithinApplication())) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange.mutate().request(asked -> asked.path(PAGE).contextPath("")).build());
	}

	private static boolean isView(PathContainer path) {
		return VIEWS.stream().anyMatch(view -> view.matches(path));
	}

}
