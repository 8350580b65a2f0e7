package dev.corral.telemetry;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets only programs on this machine reach a management port of its own, unless {@code management.server.address} says otherwise. Spring
 * Boot alone would open it to everyone, even where {@code server.address} does not.
 */
class ManagementPort implements EnvironmentPostProcessor, Ordered {

	private static final String PORT = "management.server.port";

	private static final String ADDRESS = "management.server.address";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		var port = environment.getProperty(PORT);
		if (port != null && !port.isBlank() && separate(port, environment.getProperty("server.port"))
				&& environment.getProperty(ADDRESS) == null) {
			environment.getPropertySources()
					.addLast(new MapPropertySource("managementPort", Map.of(ADDRESS, "127.0.0.1")));
		}
	}

	/** With 0 each takes one that is free. */
	private static boolean separate(String port, @Nullable String serverPort) {
		return port.equals("0") || !port.equals(serverPort);
	}

	/** After the configuration was read. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
