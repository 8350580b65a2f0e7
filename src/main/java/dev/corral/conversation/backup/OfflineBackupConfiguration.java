package dev.corral.conversation.backup;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.corral.conversation.store.JdbcStore;

/** The same without a server: whoever opens an H2 file has to close it. */
@Configuration(proxyBeanMethods = false)
@Import(BackupConfiguration.class)
public class OfflineBackupConfiguration {

	@Bean
	AutoCloseable closing(JdbcStore store) {
		return store::shutDown;
	}

}
