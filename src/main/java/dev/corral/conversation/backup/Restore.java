package dev.corral.conversation.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;

import dev.corral.conversation.store.JdbcStore;

/**
 * Reads a backup back, of this or the other database and of this or an older schema. The file is read to its end before anything is changed, and
 * then it is all or nothing. Blocks; no server may have the store meanwhile.
 */
public final class Restore {

	private final JdbcStore store;

	public Restore(JdbcStore store) {
		this.store = store;
	}

	/**
	 * Restores a file.
	 *
	 * @param replace whether what is stored goes; without this there must be nothing
	 * @throws BackupUnusable if the file or the store cannot be used; then nothing was changed
	 * @throws IOException if the file cannot be read
	 */
	public BackupSummary run(Path file, boolean replace) throws IOException {
		BackupReader.check(file);
		store.migrate();
		try (var connection = store.open()) {
			connection.setAutoCommit(false);
			try {
				makeRoom(connection, replace);
				var summary = insert(connection, file);
				connection.commit();
				return summary;
			} finally {
				// Of nothing, after a commit.
				connection.rollback();
			}
		} catch (SQLException failure) {
			throw new BackupUnusable("The backup cannot be stored in '%s': %s".formatted(store.place(),
					cause(failure).getMessage()), failure);
		}
	}

	private static BackupSummary insert(Connection connection, Path file) throws IOException, SQLException {
		try (var inserter = new RowInserter(connection)) {
			return BackupReader.read(file, inserter);
		}
	}

	private void makeRoom(Connection connection, boolean replace) throws SQLException {
		var catalog = new Catalog(connection);
		try (var statement = connection.createStatement()) {
			if (store.vendor().equals("postgresql")) {
				// A server that has been forgotten about waits instead of mixing its rows in.
				statement.execute("lock table %s in exclusive mode".formatted(String.join(", ", Catalog.TABLES)));
			}
			for (var table : Catalog.TABLES.reversed()) {
				if (replace) {
					statement.executeUpdate("delete from " + table);
				} else if (catalog.rows(table) > 0) {
					throw new BackupUnusable("There is something in '%s' already. With --replace it goes.".formatted(
							store.place()));
				}
			}
		}
	}

	/** A batch says only that it failed. */
	private static SQLException cause(SQLException failure) {
		var next = failure.getNextException();
		return failure instanceof BatchUpdateException && next != null ? next : failure;
	}

}
