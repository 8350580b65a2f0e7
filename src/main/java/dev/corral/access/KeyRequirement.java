package dev.corral.access;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.corral.access.AccessSettings.Required;
import dev.corral.access.keys.KeyStore;
import reactor.core.publisher.Mono;

/**
 * Whether callers need a key: always, never, or by what there is. In the last case they do where others than this machine can call, and
 * everywhere as soon as there is a key, though it may have expired. Ends start-up where strangers could call and nobody has a key.
 */
@Component
class KeyRequirement implements SmartInitializingSingleton, Openness {

	private static final Logger log = LoggerFactory.getLogger(KeyRequirement.class);

	private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

	private final Required required;

	private final boolean onLoopback;

	/** Of the configuration: a key, or somebody whose tokens let callers in. */
	private final boolean configuredKeys;

	private final boolean byToken;

	private final KeyStore keys;

	/** Stays as it was while the database is away. */
	private volatile boolean storedKeys;

	KeyRequirement(AccessSettings settings, ServerProperties server, ConfiguredKeys configured, KeyStore keys) {
		var address = server.getAddress();
		this.required = settings.required();
		this.onLoopback = address != null && address.isLoopbackAddress();
		this.configuredKeys = !configured.isEmpty() || settings.oidc().on();
		this.byToken = settings.oidc().on();
		this.keys = keys;
	}

	@Override
	public boolean onLoopback() {
		return onLoopback;
	}

	@Override
	public boolean keysNeeded() {
		return required();
	}

	boolean required() {
		return switch (required) {
			case TRUE -> true;
			case FALSE -> false;
			case AUTO -> !onLoopback || anyKey();
		};
	}

	private boolean anyKey() {
		return configuredKeys || storedKeys;
	}

	/** There is a key in the store from now on. */
	void keyMade() {
		storedKeys = true;
	}

	/** Looks whether somebody else has made the first key, or taken the last one back. Called once; what it returns is subscribed to again and again. */
	@Scheduled(initialDelay = 5, fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
	Mono<Boolean> look() {
		return Mono.defer(() -> required == Required.AUTO && onLoopback && !configuredKeys
				? keys.any().doOnNext(any -> storedKeys = any)
				: Mono.just(storedKeys)).onErrorResume(unreachable -> {
					log.debug("The store could not be asked for keys", unreachable);
					return Mono.empty();
				});
	}

	@Override
	public void afterSingletonsInstantiated() {
		storedKeys = keys.any().blockOptional(LONGEST_LOOK).orElse(false);
		if (required == Required.FALSE) {
			if (onLoopback) {
				log.info(
						"Every program on this machine may call as an administrator, for corral.access.required is false.");
			} else {
				log.warn(
						"Everybody who reaches this server may call as an administrator, for corral.access.required is false.");
			}
		} else if (anyKey()) {
			log.info("Callers need an API key{}.", byToken ? " or an access token of the issuer" : "");
		} else if (!onLoopback) {
			throw new AccessRefused("Others than this machine could call this server, and there is no API key.",
					"""
						Make a key with 'java -jar corral.jar key create NAME --role admin', with the same corral.store settings as the server's, \
						or set CORRAL_ACCESS_KEYS_NAME_KEY and CORRAL_ACCESS_KEYS_NAME_ROLE=admin in the environment. If this machine alone shall call, \
						set server.address to 127.0.0.1; if something in front asks who is calling, set corral.access.required to false.""");
		} else if (required == Required.TRUE) {
			log.warn(
					"Nobody can call: corral.access.required is true, and there is no API key. Make one with 'java -jar corral.jar key create NAME'.");
		} else {
			log.info(
					"Every program on this machine may call as an administrator, until there is an API key: 'java -jar corral.jar key create NAME' makes one.");
		}
	}

}
