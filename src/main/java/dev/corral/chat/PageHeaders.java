package dev.corral.chat;

import java.time.Duration;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

/**
 * Tells browsers what the page may do and how long its files may be kept. Every response gets the security headers, also
 * those of requests that a later filter refuses, so that a text which a browser takes for a page can do no more than the page itself.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 50)
class PageHeaders implements WebFilter {

	/**
	 * The page consists of files of its own and talks to its own server; nobody may frame it. It may draw images itself, which carry no
	 * script.
	 */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

	/** The names of these files carry a hash of their content, so what was fetched once stays right. */
	private static final String ASSETS = "/assets/";

	private static final CacheControl FOREVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private static final CacheControl ASK_EACH_TIME = CacheControl.noCache();

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("Referrer-Policy", "no-referrer");
		String path = exchange.getRequest().getPath().pathWithinApplication().value();
		response.beforeCommit(() -> Mono.fromRunnable(() -> limitCaching(path, response)));
		return chain.filter(exchange);
	}

	/** Only now it is known whether there is such a file, and of what type. */
	private static void limitCaching(String path, ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		HttpStatusCode status = response.getStatusCode();
		if (path.startsWith(ASSETS) && (status == null || !status.isError())) {
			headers.setCacheControl(FOREVER);
		} else if (MediaType.TEXT_HTML.isCompatibleWith(headers.getContentType())) {
			headers.setCacheControl(ASK_EACH_TIME);
		}
	}

}
