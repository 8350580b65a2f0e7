package dev.corral.access;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

/**
 * Refuses with 403 what another site makes a browser send.
 *
 * <ol>
 * <li>A server on loopback trusts whoever reaches it, so a foreign site may point its own name at 127.0.0.1 and have its
 * pages call it (DNS rebinding, CVE-2024-28224). Such requests carry that name in {@code Host}; only loopback names and
 * configured ones are let in.</li>
 * <li>A page of another origin may send requests that need no preflight. Browsers then add {@code Origin}; it must be the
 * host that the request is addressed to.</li>
 * </ol>
 *
 * Programs that are not browsers send no {@code Origin} and are not affected.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class ForeignRequestFilter implements WebFilter {

	private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final Pattern PORT = Pattern.compile(":\\d*$");

	private final boolean checkHost;

	private final Set<String> allowedHosts = new HashSet<>(LOOPBACK_NAMES);

	ForeignRequestFilter(AccessSettings settings, ServerProperties server) {
		var address = server.getAddress();
		this.checkHost = address != null && address.isLoopbackAddress();
		settings.allowedHosts().forEach(host -> allowedHosts.add(host.toLowerCase(Locale.ROOT)));
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		var headers = exchange.getRequest().getHeaders();
		var host = lowerCase(headers.getFirst(HttpHeaders.HOST));
		if (checkHost && !allowedHosts.contains(PORT.matcher(host).replaceFirst(""))) {
			return refuse(
					"This server does not answer to the name in the Host header. Use localhost, or add the name to"
							+ " corral.access.allowed-hosts.");
		}
		var origin = headers.getFirst(HttpHeaders.ORIGIN);
		if (origin != null && !hostOf(origin).equals(host)) {
			return refuse("This server does not take requests from pages of another origin.");
		}
		return chain.filter(exchange);
	}

	/** The host and port of an origin; of the opaque origin {@code null}, something that is no host. */
	private static String hostOf(String origin) {
		var scheme = origin.indexOf("://");
		return scheme < 0 ? "null origin" : lowerCase(origin.substring(scheme + 3));
	}

	private static String lowerCase(@Nullable String value) {
		return value == null ? "" : value.toLowerCase(Locale.ROOT);
	}

	private static Mono<Void> refuse(String reason) {
		return Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN, reason));
	}

}
