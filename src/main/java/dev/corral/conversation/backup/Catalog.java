package dev.corral.conversation.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What there is in a database to be backed up, as the database itself says, so that the columns of every migration go along. */
record Catalog(Connection connection) {

	/** All tables, each after those it refers to. A test holds that a migration's new table is named here. */
	static final List<String> TABLES = List.of("conversation", "message", "segment", "share", "kept_answer", "api_key",
			"browser_session", "key_usage");

	/** In the order of the table; empty without such a table. */
	List<Column> columns(String table) throws SQLException {
		var columns = new ArrayList<Column>();
		try (var found = connection.getMetaData().getColumns(null, connection.getSchema(), table, "%")) {
			while (found.next()) {
				if (!"YES".equals(found.getString("IS_GENERATEDCOLUMN"))) {
					columns.add(new Column(found.getString("COLUMN_NAME"),
							ColumnType.of(found.getString("TYPE_NAME"))));
				}
			}
		}
		return columns;
	}

	long rows(String table) throws SQLException {
		try (var statement = connection.createStatement();
				var counted = statement.executeQuery("select count(*) from " + table)) {
			counted.next();
			return counted.getLong(1);
		}
	}

	/** The newest migration that was applied. */
	int schema() throws SQLException {
		try (var statement = connection.createStatement();
				var newest = statement
						.executeQuery(
								"select max(cast(version as integer)) from flyway_schema_history where success")) {
			newest.next();
			return newest.getInt(1);
		}
	}

}
