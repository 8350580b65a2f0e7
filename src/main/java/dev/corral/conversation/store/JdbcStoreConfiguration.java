package dev.corral.conversation.store;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store for work on all of it; also without a server, for the command line. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreSettings.class)
public class JdbcStoreConfiguration {

	@Bean
	JdbcStore jdbcStore(StoreSettings settings) {
		return new JdbcStore(settings);
	}

}
