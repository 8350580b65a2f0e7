package dev.corral.conversation.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

import dev.corral.conversation.backup.BackupSummary.Table;
import dev.corral.conversation.store.JdbcStore;

/**
 * Writes all that is stored, as of one moment, while others go on writing. Rows are in memory a few at a time. Blocks; safe for any thread.
 */
public final class Backup {

	/** A message has at most a mebibyte of characters, so this bounds the memory. */
	private static final int ROWS_AT_A_TIME = 64;

	private final JdbcStore store;

	private final Clock clock;

	public Backup(JdbcStore store) {
		this(store, Clock.systemUTC());
	}

	Backup(JdbcStore store, Clock clock) {
		this.store = store;
		this.clock = clock;
	}

	/**
	 * Writes the backup; the stream stays open.
	 *
	 * @throws BackupUnusable if the database cannot be read
	 * @throws IOException what the stream throws
	 */
	public BackupSummary write(OutputStream output) throws IOException {
		try (var connection = store.open()) {
			begin(connection);
			try {
				return write(new Catalog(connection), new LineOutput(output));
			} finally {
				connection.rollback();
			}
		} catch (SQLException failure) {
			throw new BackupUnusable("The conversations in '%s' cannot be read: %s".formatted(store.place(),
					failure.getMessage()), failure);
		}
	}

	/** From the first statement on, both databases show the moment of that statement. */
	private void begin(Connection connection) throws SQLException {
		if (store.vendor().equals("h2")) {
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			try (var statement = connection.createStatement()) {
				// Otherwise H2 has a whole result in memory before its first row is read.
				statement.execute("set lazy_query_execution true");
			}
		} else {
			connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			connection.setReadOnly(true);
		}
		connection.setAutoCommit(false);
	}

	private BackupSummary write(Catalog catalog, LineOutput output) throws SQLException, IOException {
		var header = new LinkedHashMap<String, Object>();
		header.put(Format.FORMAT, Format.NAME);
		header.put(Format.FORMAT_VERSION, Format.VERSION);
		header.put(Format.SCHEMA, catalog.schema());
		header.put(Format.DATABASE, store.vendor());
		header.put(Format.MADE_AT, clock.instant().toString());
		output.line(header);
		var tables = new ArrayList<Table>();
		for (var table : Catalog.TABLES) {
			var columns = catalog.columns(table);
			// A database of an older schema has fewer.
			if (!columns.isEmpty()) {
				tables.add(write(catalog, table, columns, output));
			}
		}
		output.end();
		return new BackupSummary(tables);
	}

	private static Table write(Catalog catalog, String table, List<Column> columns, LineOutput output)
			throws SQLException, IOException {
		long rows = catalog.rows(table);
		var head = new LinkedHashMap<String, Object>();
		head.put(Format.TABLE, table);
		head.put(Format.COLUMNS, columns.stream().map(Column::name).toList());
		head.put(Format.ROWS, rows);
		output.line(head);
		var names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
		try (var statement = catalog.connection().createStatement()) {
			statement.setFetchSize(ROWS_AT_A_TIME);
			try (var result = statement.executeQuery("select %s from %s".formatted(names, table))) {
				while (result.next()) {
					var values = new ArrayList<Object>(columns.size());
					for (int column = 0; column < columns.size(); column++) {
						values.add(columns.get(column).type().read(result, column + 1));
					}
					output.line(values);
				}
			}
		}
		return new Table(table, rows);
	}

}
