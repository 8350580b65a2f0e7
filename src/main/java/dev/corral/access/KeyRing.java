package dev.corral.access;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.KeyStore;
import dev.corral.access.keys.Secret;
import dev.corral.access.keys.SessionStore;
import dev.corral.access.keys.StoredKey;
import reactor.core.publisher.Mono;

/** Finds the key that a caller shows, among those of the configuration and the store. Safe for any thread. */
@Component
class KeyRing {

	/** For as long a key is good on this server after another one has revoked it. */
	static final Duration MEMORY = Duration.ofSeconds(5);

	private static final int REMEMBERED = 10_000;

	private final ConfiguredKeys configured;

	private final KeyStore keys;

	private final SessionStore sessions;

	private final Clock clock;

	private final ShortMemory<StoredKey> recentKeys = new ShortMemory<>(REMEMBERED, MEMORY, System::nanoTime);

	private final ShortMemory<String> recentSessions = new ShortMemory<>(REMEMBERED, MEMORY, System::nanoTime);

	@Autowired
	KeyRing(ConfiguredKeys configured, KeyStore keys, SessionStore sessions) {
		this(configured, keys, sessions, Clock.systemUTC());
	}

	KeyRing(ConfiguredKeys configured, KeyStore keys, SessionStore sessions, Clock clock) {
		this.configured = configured;
		this.keys = keys;
		this.sessions = sessions;
		this.clock = clock;
	}

	/** What a key lets its bearer do; empty if it is none, or none any more. */
	Mono<ApiKey> bySecret(String secret) {
		var hash = Secret.hash(secret);
		return Secret.looksLikeKey(secret) ? byHash(hash) : Mono.justOrEmpty(configured.find(hash));
	}

	/** What the key lets its bearer do that a browser has signed in with; empty if it is signed out, or the key is none any more. */
	Mono<ApiKey> byToken(String token) {
		var hash = Secret.hash(token);
		var recent = recentSessions.find(hash);
		return (recent == null
				? sessions.keyHash(hash).doOnNext(found -> recentSessions.keep(hash, found))
				: Mono.just(recent)).flatMap(this::byHash);
	}

	private Mono<ApiKey> byHash(String hash) {
		var known = configured.find(hash);
		if (known != null) {
			return Mono.just(known);
		}
		var recent = recentKeys.find(hash);
		return (recent == null ? stored(hash) : Mono.just(recent)).map(StoredKey::key)
				.filter(key -> !key.expired(clock.instant()));
	}

	/** That a use could not be noted is no reason to refuse it. */
	private Mono<StoredKey> stored(String hash) {
		return keys.find(hash).flatMap(found -> keys.used(found).onErrorComplete().thenReturn(found))
				.doOnNext(found -> recentKeys.keep(hash, found));
	}

	/** Signs a browser in with a key that is known to be good; the result is the browser's token. */
	Mono<String> signIn(String secret) {
		return sessions.open(Secret.hash(secret));
	}

	Mono<Void> signOut(String token) {
		return sessions.close(Secret.hash(token)).doOnSuccess(_ -> recentSessions.forget());
	}

	/** Ends a key of the store; whether there was one. This server knows at once, others within {@link #MEMORY}. */
	Mono<Boolean> revoke(UUID id) {
		return keys.revoke(id).doOnNext(_ -> {
			recentKeys.forget();
			recentSessions.forget();
		});
	}

}
