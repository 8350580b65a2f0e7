package dev.corral.worker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.corral.web.ApiError;
import dev.corral.web.ErrorEnvelope;
import dev.corral.web.JsonResponse;
import reactor.core.publisher.Mono;

/**
 * What a worker answers, and whom. Of all the routes only those that a gateway uses, each for whoever shows the key, and the two probes
 * of health for everybody. Requests that take the engine's time are refused while the worker drains.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 50)
@ConditionalOnProperty(name = "corral.role", havingValue = "worker")
class WorkerFilter implements WebFilter {

	private static final Set<String> OPEN = Set.of("/actuator/health/liveness", "/actuator/health/readiness");

	private static final Set<String> WORK = Set.of("/v1/completions", "/v1/embeddings", "/tokenize", "/detokenize");

	private static final Set<String> OTHER = Set.of("/v1/models", "/worker/status", "/worker/drain",
			"/worker/undrain");

	/** RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1). */
	private static final String SCHEME = "Bearer ";

	/** A worker that drains is about to be replaced. */
	private static final Duration RETRY = Duration.ofSeconds(5);

	private final Drain drain;

	private final byte @Nullable [] key;

	WorkerFilter(WorkersSettings settings, Drain drain) {
		this.drain = drain;
		this.key = settings.key() == null ? null : settings.key().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		var path = exchange.getRequest().getPath().pathWithinApplication().value();
		if (OPEN.contains(path)) {
			return chain.filter(exchange);
		}
		if (!authorized(exchange)) {
			exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
			return refuse(exchange, new ApiError(HttpStatus.UNAUTHORIZED,
					"This worker serves gateways alone: show the key of corral.workers.key.", null,
					"invalid_api_key"));
		}
		if (OTHER.contains(path)) {
			return chain.filter(withoutKey(exchange));
		}
		if (!WORK.contains(path)) {
			return refuse(exchange, new ApiError(HttpStatus.NOT_FOUND,
					"A worker does not serve this. Ask its gateway.", null, null));
		}
		if (drain.draining() && exchange.getRequest().getMethod() == HttpMethod.POST) {
			return refuse(exchange, new ApiError(HttpStatus.SERVICE_UNAVAILABLE,
					"This worker takes no new requests. Ask another one.", null, "draining", RETRY));
		}
		return drain.run(chain.filter(withoutKey(exchange)));
	}

	/** Takes the same time wherever the first difference is. */
	private boolean authorized(ServerWebExchange exchange) {
		if (key == null) {
			return true;
		}
		var header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
				&& MessageDigest.isEqual(header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8), key);
	}

	/** It is no key of a person, and nobody behind this filter may take it for one. */
	private static ServerWebExchange withoutKey(ServerWebExchange exchange) {
		var headers = new HttpHeaders();
		headers.putAll(exchange.getRequest().getHeaders());
		headers.remove(HttpHeaders.AUTHORIZATION);
		// Not by the request's own mutation, whose attributes nobody can set.
		return exchange.mutate().request(new ServerHttpRequestDecorator(exchange.getRequest()) {

			@Override
			public HttpHeaders getHeaders() {
				return headers;
			}

		}).build();
	}

	private static Mono<Void> refuse(ServerWebExchange exchange, ApiError error) {
		var response = exchange.getResponse();
		response.setStatusCode(error.status());
		if (error.retryAfter() != null) {
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(error.retryAfter().toSeconds()));
		}
		return JsonResponse.write(response, ErrorEnvelope.of(error));
	}

}
