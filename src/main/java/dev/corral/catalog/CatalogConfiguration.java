package dev.corral.catalog;

import java.lang.management.ManagementFactory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import com.sun.management.OperatingSystemMXBean;

import dev.corral.template.ConversationTemplates;

/** Builds the catalog at start-up; a model that cannot be served ends it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogSettings.class)
class CatalogConfiguration {

	@Bean
	ModelFiles modelFiles() {
		return new ModelFiles();
	}

	@Bean
	ModelCatalog modelCatalog(CatalogSettings settings, ModelFiles files, ConversationTemplates templates,
			Environment environment) {
		UnknownKeys.check(environment);
		var loader = new CatalogLoader(files, templates, settings.modelDefaults(), physicalMemory());
		return new ModelCatalog(settings.servedModels().entrySet().stream()
				.map(entry -> loader.load(entry.getKey(), entry.getValue())).toList());
	}

	/** The container's limit inside a container. */
	private static DataSize physicalMemory() {
		var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return DataSize.ofBytes(system.getTotalMemorySize());
	}

}
