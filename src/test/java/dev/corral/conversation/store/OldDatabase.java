package dev.corral.conversation.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A database as an earlier version has left it: its schema, and rows that it could have stored. */
record OldDatabase(StoreSettings settings, int version) {

	private static final List<String> TABLES = List.of("conversation", "message", "segment", "share", "kept_answer",
			"api_key", "browser_session", "key_usage");

	private static final int ROWS = 3;

	private static final OffsetDateTime TIME = OffsetDateTime.parse("2025-01-31T12:00:00.123456Z");

	/** Values that have to be of a kind; all other texts may be anything. */
	private static final Map<String, String> TEXTS = Map.of("parameters", "{}", "metadata", "{\"a\":\"ü\"}", "role",
			"user", "status", "complete", "finish_reason", "stop", "policy", "rolling", "kind", "completion", "models",
			"");

	/** Migrates an empty database to the version, or to the one before where this kind of database has none of it, and fills it. */
	static OldDatabase make(StoreSettings settings, int version) throws SQLException {
		var url = StoreUrl.of(settings);
		var folder = "classpath:dev/corral/conversation/store/";
		Flyway.configure().dataSource(url.jdbcUrl(), settings.username(), settings.password())
				.locations(folder + "common", folder + url.vendor().id()).target(version + "?").load()
				.migrate();
		var old = new OldDatabase(settings, version);
		try (var connection = new JdbcStore(settings).open()) {
			for (var table : TABLES) {
				old.fill(connection, table);
			}
		}
		return old;
	}

	private void fill(Connection connection, String table) throws SQLException {
		var columns = columns(connection, table);
		if (columns.isEmpty()) {
			return;
		}
		var sql = "insert into %s (%s) values (%s)".formatted(table, String.join(", ", columns.keySet()),
				String.join(", ", Collections.nCopies(columns.size(), "?")));
		try (var insert = connection.prepareStatement(sql)) {
			for (int row = 1; row <= ROWS; row++) {
				int parameter = 1;
				for (var column : columns.entrySet()) {
					insert.setObject(parameter++, value(table, column.getKey(), column.getValue(), row));
				}
				insert.executeUpdate();
			}
		}
	}

	private static @Nullable Object value(String table, String column, String type, int row) {
		return switch (type) {
			case "uuid" -> column.equals("parent") || column.equals("running_reply") || column.equals("writer")
					? null
					: new UUID(column.equals("conversation") ? id("conversation") : id(table), row);
			case "int4", "integer", "int8", "bigint" -> column.equals("depth") ? 0 : row;
			case "bool", "boolean" -> row == 1;
			case "date" -> LocalDate.parse("2025-01-31");
			case "timestamptz", "timestamp with time zone" -> TIME.plusMinutes(row);
			default -> column.equals("error_code") || column.equals("error_message") || column.equals("tool_calls")
					|| column.equals("window_report")
							? null
							: TEXTS.getOrDefault(column, column.equals("owner") ? "ada" : "Grüße 😀 " + row);
		};
	}

	private static long id(String table) {
		return table.hashCode();
	}

	/** The names and types of the columns that this version has and that are not generated. */
	private static Map<String, String> columns(Connection connection, String table) throws SQLException {
		var columns = new TreeMap<String, String>();
		try (var found = connection.getMetaData().getColumns(null, connection.getSchema(), table, "%")) {
			while (found.next()) {
				if (!"YES".equals(found.getString("IS_GENERATEDCOLUMN"))) {
					columns.put(found.getString("COLUMN_NAME"),
							found.getString("TYPE_NAME").toLowerCase(Locale.ROOT));
				}
			}
		}
		return columns;
	}

	/** All tables with their columns, as they are now. */
	Map<String, List<String>> shape() throws SQLException {
		try (var connection = new JdbcStore(settings).open()) {
			var shape = new TreeMap<String, List<String>>();
			for (var table : TABLES) {
				var columns = columns(connection, table);
				if (!columns.isEmpty()) {
					shape.put(table, List.copyOf(columns.keySet()));
				}
			}
			return shape;
		}
	}

	/** The rows of these columns in some database, as texts that do not depend on which one it is. */
	static List<String> rows(StoreSettings settings, Map<String, List<String>> shape) throws SQLException {
		var rows = new ArrayList<String>();
		try (var connection = new JdbcStore(settings).open(); var statement = connection.createStatement()) {
			for (var table : shape.entrySet()) {
				try (var result = statement.executeQuery(
						"select %s from %s".formatted(String.join(", ", table.getValue()), table.getKey()))) {
					while (result.next()) {
						var row = new StringBuilder(table.getKey());
						for (int column = 1; column <= table.getValue().size(); column++) {
							var value = result.getObject(column);
							row.append('|')
									.append(value instanceof Timestamp || value instanceof OffsetDateTime
											? result.getObject(column, OffsetDateTime.class).toInstant()
											: value instanceof Number number ? number.longValue() : value);
						}
						rows.add(row.toString());
					}
				}
			}
		}
		Collections.sort(rows);
		return rows;
	}

}
