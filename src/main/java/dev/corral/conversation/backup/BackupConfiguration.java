package dev.corral.conversation.backup;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.corral.conversation.store.JdbcStore;
import dev.corral.conversation.store.JdbcStoreConfiguration;

/** Backup and restore of the store that the settings name, in a server or without one. Opens nothing. */
@Configuration(proxyBeanMethods = false)
@Import(JdbcStoreConfiguration.class)
public class BackupConfiguration {

	@Bean
	Backup backup(JdbcStore store) {
		return new Backup(store);
	}

	@Bean
	Restore restore(JdbcStore store) {
		return new Restore(store);
	}

}
