package dev.corral.conversation.store;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.r2dbc.spi.ConnectionFactory;

/** Opens the store at start-up; one that cannot be used ends it. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(StoreSettings.class)
class StoreConfiguration {

	@Bean
	Database database(StoreSettings settings) {
		return Database.open(settings, Clock.systemUTC());
	}

	/**
	 * For Spring Boot, which asks for health and measures the pool by it, and sets up no database of its own beside it. The database closes
	 * it, after its last statement.
	 */
	@Bean(destroyMethod = "")
	ConnectionFactory connectionFactory(Database database) {
		return database.connections();
	}

}
