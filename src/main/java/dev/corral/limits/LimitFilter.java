package dev.corral.limits;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.corral.access.CallingKeys;
import dev.corral.limits.Standing.Window;
import reactor.core.publisher.Mono;

/**
 * Gives every request the account of its key, and tells in its answer what is left, in the headers of the OpenAI API. After those who find out
 * who is calling.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 100)
class LimitFilter implements WebFilter {

	private final CallingKeys keys;

	private final LimitSettings settings;

	private final Allowances allowances;

	LimitFilter(CallingKeys keys, LimitSettings settings, Allowances allowances) {
		this.keys = keys;
		this.settings = settings;
		this.allowances = allowances;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		var key = keys.of(exchange.getRequest());
		var limits = key == null ? null : settings.of(key.limits());
		if (key == null || limits == null || limits.none()) {
			return chain.filter(exchange);
		}
		var allowance = allowances.of(key.name(), limits);
		var account = new KeyAccount(allowance);
		exchange.getResponse().beforeCommit(() -> {
			var standing = account.standing();
			if (standing != null) {
				var headers = exchange.getResponse().getHeaders();
				tell(headers, "requests", standing.requests());
				tell(headers, "tokens", standing.tokens());
			}
			return Mono.empty();
		});
		return chain.filter(exchange).contextWrite(account.intoContext());
	}

	private static void tell(HttpHeaders headers, String what, @Nullable Window window) {
		if (window != null) {
			headers.set("x-ratelimit-limit-" + what, String.valueOf(window.limit()));
			headers.set("x-ratelimit-remaining-" + what, String.valueOf(window.remaining()));
			headers.set("x-ratelimit-reset-" + what, written(window.reset()));
		}
	}

	/** As OpenAI writes times: {@code 20ms}, {@code 1s}, {@code 6m0s}, {@code 1h0m0s}; rounded up. */
	static String written(Duration time) {
		if (time.compareTo(Duration.ofSeconds(1)) < 0) {
			return time.plusNanos(999_999).toMillis() + "ms";
		}
		var whole = time.plusNanos(999_999_999);
		var seconds = whole.toSecondsPart() + "s";
		if (whole.toMinutes() == 0) {
			return seconds;
		}
		var minutes = whole.toMinutesPart() + "m" + seconds;
		return whole.toHours() == 0 ? minutes : whole.toHours() + "h" + minutes;
	}

}
