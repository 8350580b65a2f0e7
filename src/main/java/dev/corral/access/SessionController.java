package dev.corral.access;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.access.keys.ApiKey;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.RequestRefused;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Mono;

/** Signs browsers in and out, and tells whether they are. */
@RestController
class SessionController {

	static final String SESSION = "/api/session";

	private static final int MAX_KEY_CHARACTERS = 1024;

	private final KeyRequirement requirement;

	private final KeyRing keys;

	private final SignInAttempts attempts;

	private final RequestBody body;

	private final UnknownFields unknown;

	SessionController(KeyRequirement requirement, KeyRing keys, SignInAttempts attempts, RequestBody body,
			UnknownFields unknown) {
		this.requirement = requirement;
		this.keys = keys;
		this.attempts = attempts;
		this.body = body;
		this.unknown = unknown;
	}

	@GetMapping(SESSION)
	Mono<Void> get(ServerWebExchange exchange) {
		var caller = SignedIn.of(exchange.getRequest());
		return answer(exchange, caller == null ? null : caller.key());
	}

	@PostMapping(path = SESSION, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> signIn(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest())
				.map(fields -> unknown.reading(SESSION, fields, SessionController::key))
				.flatMap(secret -> requirement.required()
						? signedIn(secret, exchange)
						: Mono.just(SignedIn.LOCAL.key()))
				.flatMap(key -> answer(exchange, key));
	}

	/** Reads the key that somebody signs in with. */
	static String key(JsonFields fields) {
		var key = fields.requiredString("key").strip();
		if (key.length() > MAX_KEY_CHARACTERS) {
			throw fields.invalid("key",
					"may have at most %d characters, but has %d".formatted(MAX_KEY_CHARACTERS, key.length()));
		}
		return key;
	}

	private Mono<ApiKey> signedIn(String secret, ServerWebExchange exchange) {
		var request = exchange.getRequest();
		var address = request.getRemoteAddress();
		var pause = attempts.pause(address);
		if (pause.isPositive()) {
			return Mono.error(new RequestRefused(HttpStatus.TOO_MANY_REQUESTS, "too_many_attempts",
					"Too many wrong keys came from this address. Try again in %d s.".formatted(pause.toSeconds() + 1),
					Map.of(HttpHeaders.RETRY_AFTER, String.valueOf(pause.toSeconds() + 1))));
		}
		return keys.bySecret(secret).switchIfEmpty(Mono.error(() -> {
			attempts.failed(address);
			return Refusals.unauthorized(exchange, KeyAuthentication.BAD_KEY);
		})).flatMap(key -> keys.signIn(secret).map(token -> {
			attempts.succeeded(address);
			exchange.getResponse().addCookie(SessionCookie.keep(token, request));
			return key;
		}));
	}

	@DeleteMapping(SESSION)
	Mono<Void> signOut(ServerWebExchange exchange) {
		var request = exchange.getRequest();
		var token = SessionCookie.of(request);
		return (token == null ? Mono.<Void>empty() : keys.signOut(token)).then(Mono.defer(() -> {
			exchange.getResponse().addCookie(SessionCookie.remove(request));
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			return exchange.getResponse().setComplete();
		}));
	}

	private Mono<Void> answer(ServerWebExchange exchange, @Nullable ApiKey key) {
		exchange.getResponse().getHeaders().setCacheControl("no-store");
		return JsonResponse.write(exchange.getResponse(),
				key == null
						? new Session(requirement.required(), false, null, null)
						: new Session(requirement.required(), true, key.owner(), key.role().id()));
	}

	/**
	 * Who the caller is.
	 *
	 * @param name the owner of the key
	 */
	record Session(boolean keyRequired, boolean signedIn, @Nullable String name, @Nullable String role) {
	}

}
