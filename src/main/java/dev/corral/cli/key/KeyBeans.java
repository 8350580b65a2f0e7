package dev.corral.cli.key;

import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

import dev.corral.access.keys.KeyStore;

/** The store of keys and the database under it, as the server sets them up, without the server. */
@ComponentScan({"dev.corral.access.keys", "dev.corral.conversation.store"})
class KeyBeans {

	/** The log goes to the standard output, where keys go. What is wrong is told in one line. */
	private static final String QUIET = "--logging.threshold.console=off";

	/**
	 * Does something with the keys of the store that the settings name, and closes it.
	 *
	 * @param url the setting {@code corral.store.url}; {@code null} for what is configured
	 * @throws StoreUnusable if there is no such store, or it cannot be used
	 */
	static <T> T use(@Nullable String url, Function<KeyStore, T> work) {
		var arguments = Stream
				.concat(Stream.of(QUIET), url == null ? Stream.empty() : Stream.of("--corral.store.url=" + url))
				.toArray(String[]::new);
		try (var context = start(arguments)) {
			return work.apply(context.getBean(KeyStore.class));
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		try {
			return new SpringApplicationBuilder(KeyBeans.class).web(WebApplicationType.NONE)
					.bannerMode(Banner.Mode.OFF).logStartupInfo(false).registerShutdownHook(false).run(arguments);
		} catch (BeansException failure) {
			Throwable cause = failure;
			while (cause instanceof BeansException && cause.getCause() != null) {
				cause = cause.getCause();
			}
			throw new StoreUnusable(cause);
		}
	}

}
