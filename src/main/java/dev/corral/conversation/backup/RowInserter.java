package dev.corral.conversation.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.backup.BackupReader.Sink;
import tools.jackson.databind.JsonNode;

/**
 * Inserts the rows of a backup, some at a time. Columns that an older backup does not have get what their migration gave to the rows of its
 * time: the column's default.
 */
final class RowInserter implements Sink, AutoCloseable {

	private static final int MAX_BATCH_ROWS = 256;

	/** In characters of JSON; longer rows go by themselves. */
	private static final int MAX_BATCH_LENGTH = 4 << 20;

	private final Connection connection;

	private final Catalog catalog;

	private List<Column> columns = List.of();

	private @Nullable PreparedStatement insert;

	private int batchRows;

	private long batchLength;

	RowInserter(Connection connection) {
		this.connection = connection;
		this.catalog = new Catalog(connection);
	}

	@Override
	public void table(String name, List<String> names) throws SQLException {
		close();
		if (!Catalog.TABLES.contains(name)) {
			throw newer("the table " + name);
		}
		var known = catalog.columns(name).stream().collect(Collectors.toMap(Column::name, Function.identity()));
		var found = new ArrayList<Column>();
		for (var column : names) {
			var there = known.get(column);
			if (there == null) {
				throw newer("the column %s of %s".formatted(column, name));
			}
			found.add(there);
		}
		columns = found;
		insert = connection.prepareStatement("insert into %s (%s) values (%s)".formatted(name,
				String.join(", ", names), String.join(", ", Collections.nCopies(names.size(), "?"))));
	}

	private static BackupUnusable newer(String what) {
		return new BackupUnusable(
				"The backup has %s, which this Corral does not know. Take the version that made it, or a newer one."
						.formatted(what));
	}

	@Override
	public void row(JsonNode values) throws SQLException {
		var statement = insert;
		if (statement == null) {
			throw new BackupUnusable("The backup is damaged: a row has no table.");
		}
		for (int column = 0; column < columns.size(); column++) {
			var value = values.get(column);
			columns.get(column).type().bind(statement, column + 1, value);
			batchLength += value.isString() ? value.stringValue().length() : 0;
		}
		statement.addBatch();
		batchRows++;
		if (batchRows >= MAX_BATCH_ROWS || batchLength >= MAX_BATCH_LENGTH) {
			flush(statement);
		}
	}

	private void flush(PreparedStatement statement) throws SQLException {
		if (batchRows > 0) {
			statement.executeBatch();
		}
		batchRows = 0;
		batchLength = 0;
	}

	/** Inserts what is left. */
	@Override
	public void close() throws SQLException {
		var statement = insert;
		insert = null;
		if (statement != null) {
			try (statement) {
				flush(statement);
			}
		}
	}

}
