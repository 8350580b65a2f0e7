package dev.corral.cli.store;

import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A part of the server's beans on the store that the settings name.
 *
 * @param beans the configuration that has them
 * @param elsewhere a sentence for people on what can be done while a server has the store
 */
public record StoreContext(Class<?> beans, String elsewhere) {

	/** The log goes to the standard output, where results go. What is wrong is told in one line. */
	private static final String QUIET = "--logging.threshold.console=off";

	/**
	 * Does something with the beans, and closes them.
	 *
	 * @param url the setting {@code corral.store.url}; {@code null} for what is configured
	 * @throws StoreUnusable if there is no such store, or it cannot be used
	 */
	public <T> T use(@Nullable String url, Function<BeanFactory, T> work) {
		var arguments = Stream
				.concat(Stream.of(QUIET), url == null ? Stream.empty() : Stream.of("--corral.store.url=" + url))
				.toArray(String[]::new);
		try (var context = start(arguments)) {
			return work.apply(context);
		}
	}

	private ConfigurableApplicationContext start(String... arguments) {
		try {
			return new SpringApplicationBuilder(beans).web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF)
					.logStartupInfo(false).registerShutdownHook(false).run(arguments);
		} catch (BeansException failure) {
			Throwable cause = failure;
			while (cause instanceof BeansException && cause.getCause() != null) {
				cause = cause.getCause();
			}
			throw new StoreUnusable(cause, elsewhere);
		}
	}

}
