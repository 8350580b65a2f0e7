package dev.corral.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.KeyRefused;
import dev.corral.access.keys.KeyStore;
import dev.corral.access.keys.NewKey;
import dev.corral.web.JsonResponse;
import dev.corral.web.RequestBody;
import dev.corral.web.RequestRefused;
import dev.corral.web.UnknownFields;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets administrators make, see and end keys. */
@RestController
class KeyController {

	static final String KEYS = "/api/keys";

	private final KeyStore store;

	private final ConfiguredKeys configured;

	private final KeyRing keys;

	private final KeyRequirement requirement;

	private final RequestBody body;

	private final UnknownFields unknown;

	KeyController(KeyStore store, ConfiguredKeys configured, KeyRing keys, KeyRequirement requirement,
			RequestBody body, UnknownFields unknown) {
		this.store = store;
		this.configured = configured;
		this.keys = keys;
		this.requirement = requirement;
		this.body = body;
		this.unknown = unknown;
	}

	@GetMapping(KEYS)
	Mono<Void> list(ServerWebExchange exchange) {
		return Flux.fromIterable(configured.all()).map(KeyAnswer::of).concatWith(store.all().map(KeyAnswer::of))
				.collectList().flatMap(answers -> write(exchange, HttpStatus.OK, new Keys(answers)));
	}

	@PostMapping(path = KEYS, consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Void> create(ServerWebExchange exchange) {
		return body.fields(exchange.getRequest()).map(fields -> unknown.reading(KEYS, fields, KeyParser::parse))
				.flatMap(this::create)
				.onErrorMap(KeyRefused.class, refused -> new RequestRefused(HttpStatus.CONFLICT, "not_possible",
						String.valueOf(refused.getMessage())))
				.flatMap(made -> write(exchange, HttpStatus.CREATED, KeyAnswer.of(made)));
	}

	private Mono<NewKey> create(ApiKey key) {
		return store.create(key).doOnNext(_ -> requirement.keyMade());
	}

	@DeleteMapping(KEYS + "/{id}")
	Mono<Void> revoke(@PathVariable String id, ServerWebExchange exchange) {
		return Mono.justOrEmpty(uuid(id)).flatMap(keys::revoke).filter(revoked -> revoked)
				.switchIfEmpty(Mono.error(() -> new RequestRefused(HttpStatus.NOT_FOUND, "not_found",
						"There is no such key in the store.")))
				.flatMap(_ -> {
					exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
					return exchange.getResponse().setComplete();
				});
	}

	private static Optional<UUID> uuid(String id) {
		try {
			return Optional.of(UUID.fromString(id));
		} catch (IllegalArgumentException malformed) {
			return Optional.empty();
		}
	}

	private static Mono<Void> write(ServerWebExchange exchange, HttpStatus status, Object answer) {
		exchange.getResponse().setStatusCode(status);
		exchange.getResponse().getHeaders().setCacheControl("no-store");
		return JsonResponse.write(exchange.getResponse(), answer);
	}

	record Keys(List<KeyAnswer> keys) {
	}

}
