package dev.corral.access;

import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The public keys with which an issuer's tokens are checked. They are asked for when the first token comes, and again when they are
 * {@link #LIFE} old or a token names one that is not known, but never sooner than {@link #PAUSE} after the last time: strangers can make up tokens.
 * While the issuer is away the last ones are used. Safe for any thread.
 */
final class IssuerKeys {

	/** After this a key that the issuer has withdrawn is good no longer. */
	static final Duration LIFE = Duration.ofMinutes(15);

	static final Duration PAUSE = Duration.ofSeconds(10);

	private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

	private final OidcSettings settings;

	private final WebClient web;

	private final LongSupplier nanoTime;

	private @Nullable Fetched last;

	private volatile @Nullable JWKSet good;

	IssuerKeys(OidcSettings settings, WebClient web, LongSupplier nanoTime) {
		this.settings = settings;
		this.web = web;
		this.nanoTime = nanoTime;
	}

	/** The keys that may have signed the token; an error signal tells that the issuer could not be asked, or has answered nonsense. */
	Flux<JWK> of(SignedJWT token) {
		var id = token.getHeader().getKeyID();
		return notOlderThan(LIFE).onErrorResume(_ -> notOlderThan(PAUSE))
				.flatMap(keys -> id == null || keys.getKeyByKeyId(id) != null ? Mono.just(keys) : notOlderThan(PAUSE))
				.onErrorResume(away -> {
					var known = good;
					return known == null ? Mono.error(away) : Mono.just(known);
				}).flatMapIterable(JWKSet::getKeys);
	}

	private synchronized Mono<JWKSet> notOlderThan(Duration age) {
		long now = nanoTime.getAsLong();
		var known = last;
		if (known == null || now - known.since() >= age.toNanos()) {
			known = new Fetched(fetch().doOnNext(keys -> good = keys).cache(), now);
			last = known;
		}
		return known.keys();
	}

	private Mono<JWKSet> fetch() {
		return text(settings.discovery().toString()).map(this::keysAddress).flatMap(this::text).map(IssuerKeys::parsed);
	}

	private Mono<String> text(String address) {
		return web.get().uri(URI.create(address)).retrieve().bodyToMono(String.class).timeout(LONGEST_ANSWER)
				.switchIfEmpty(Mono.error(() -> new IllegalStateException("The issuer's answer is empty.")));
	}

	private String keysAddress(String discovery) {
		try {
			var told = JSONObjectUtils.parse(discovery);
			var address = JSONObjectUtils.getString(told, "jwks_uri");
			if (!settings.issuer().equals(JSONObjectUtils.getString(told, "issuer")) || address == null
					|| !IssuerAddress.safe(address)) {
				throw new IllegalStateException(
						"The issuer calls itself otherwise than corral.access.oidc.issuer does, or names no safe address for its keys.");
			}
			return address;
		} catch (ParseException malformed) {
			throw new IllegalStateException("The issuer's description of itself cannot be read.", malformed);
		}
	}

	private static JWKSet parsed(String keys) {
		try {
			return JWKSet.parse(keys).toPublicJWKSet();
		} catch (ParseException malformed) {
			throw new IllegalStateException("The issuer's keys cannot be read.", malformed);
		}
	}

	private record Fetched(Mono<JWKSet> keys, long since) {
	}

}
