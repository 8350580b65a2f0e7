package dev.corral.worker;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Settings that follow from {@code corral.role: worker}. What the command line and the environment say goes before them, and they before
 * every file, which the worker may share with its gateway.
 */
class WorkerEnvironment implements EnvironmentPostProcessor, Ordered {

	/** Nothing is stored; what the store's users find is empty. No caller is a person, for {@link WorkerFilter} asks for the key. */
	private static final Map<String, Object> USUAL = Map.of("corral.store.url", "h2:mem:worker", "corral.api.max-body",
			"16MB", "corral.access.required", "false");

	/** Whatever else is said: a worker of workers would be a gateway. */
	private static final Map<String, Object> ALWAYS = Map.of("corral.workers.mode", "embedded");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!"worker".equalsIgnoreCase(environment.getProperty("corral.role"))) {
			return;
		}
		var sources = environment.getPropertySources();
		sources.addFirst(new MapPropertySource("workerAlways", ALWAYS));
		sources.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				new MapPropertySource("workerUsual", USUAL));
	}

	/** After the configuration files have been read. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
