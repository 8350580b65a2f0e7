package dev.corral.startup;

import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses settings below {@code corral} that nothing reads, which binding would skip in silence. What only stands around this process may be
 * there for others: an unknown system property is a warning, and so is an environment variable that is nearly the name of a setting; for
 * others, such as those that Kubernetes makes for a service named corral, are not meant as settings at all.
 */
class UnknownSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Logger log = LoggerFactory.getLogger(UnknownSettings.class);

	private static final ConfigurationPropertyName CORRAL = ConfigurationPropertyName.of("corral");

	private static final Set<String> AROUND = Set.of(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
			StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);

	/** @throws SettingUnknown naming the first that is not known */
	@Override
	public void initialize(ConfigurableApplicationContext context) {
		var known = new KnownSettings(UnknownSettings.class.getClassLoader());
		for (var source : ConfigurationPropertySources.get(context.getEnvironment())) {
			if (source instanceof IterableConfigurationPropertySource names) {
				names.stream().filter(CORRAL::isAncestorOf).filter(name -> !known.contains(name))
						.forEach(name -> tell(name, source, known));
			}
		}
	}

	private static void tell(ConfigurationPropertyName name, ConfigurationPropertySource source, KnownSettings known) {
		var property = source.getConfigurationProperty(name);
		var origin = property == null || property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
		var nearest = known.nearest(name);
		if (!around(source)) {
			throw new SettingUnknown("There is no setting '%s'%s.".formatted(name, origin),
					nearest.map("Did you mean '%s'? "::formatted).orElse("")
							+ "docs/configuration.md has all settings.");
		}
		if (nearest.isPresent() || !environment(source)) {
			log.warn("There is no setting '{}'{}; it has no effect.{}", name, origin,
					nearest.map(" Did you mean '%s'?"::formatted).orElse(""));
		}
	}

	private static boolean around(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> underlying
				&& AROUND.contains(underlying.getName());
	}

	private static boolean environment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> underlying
				&& underlying.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
	}

}
