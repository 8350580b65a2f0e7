package dev.corral.cli.key;

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.corral.access.keys.KeyStore;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** Which store a command works on. */
final class StoreOption {

	/** Longest wait for the database. */
	private static final Duration LONGEST = Duration.ofMinutes(1);

	@Option(names = "--store", paramLabel = "URL", description = "In place of the setting corral.store.url.")
	private @Nullable String url;

	<T> T use(Function<KeyStore, Mono<T>> work) {
		return KeyBeans.use(url, store -> work.apply(store).blockOptional(LONGEST).orElseThrow());
	}

}
