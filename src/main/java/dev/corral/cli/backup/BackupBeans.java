package dev.corral.cli.backup;

import dev.corral.cli.store.StoreContext;
import dev.corral.conversation.backup.OfflineBackupConfiguration;

/** The store that the settings name; it is not opened by itself, and a backup does not migrate it. */
final class BackupBeans {

	static final StoreContext CONTEXT = new StoreContext(OfflineBackupConfiguration.class,
			"The option --store names another store.");

	private BackupBeans() {
	}

}
