package dev.corral.conversation.backup;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The types that columns have: how their values are in a file, and how both databases take them. */
enum ColumnType {

	TEXT {

		@Override
		@Nullable
		Object read(ResultSet row, int column) throws SQLException {
			return row.getString(column);
		}

		@Override
		Object parse(JsonNode value) {
			return value.stringValue();
		}

	},

	NUMBER {

		@Override
		@Nullable
		Object read(ResultSet row, int column) throws SQLException {
			long number = row.getLong(column);
			return row.wasNull() ? null : number;
		}

		@Override
		Object parse(JsonNode value) {
			return value.longValue();
		}

	},

	FLAG {

		@Override
		@Nullable
		Object read(ResultSet row, int column) throws SQLException {
			boolean flag = row.getBoolean(column);
			return row.wasNull() ? null : flag;
		}

		@Override
		Object parse(JsonNode value) {
			return value.booleanValue();
		}

	},

	ID {

		@Override
		@Nullable
		Object read(ResultSet row, int column) throws SQLException {
			var id = row.getObject(column, UUID.class);
			return id == null ? null : id.toString();
		}

		@Override
		Object parse(JsonNode value) {
			return UUID.fromString(value.stringValue());
		}

	},

	TIME {

		@Override
		@Nullable
		Object read(ResultSet row, int column) throws SQLException {
			var time = row.getObject(column, OffsetDateTime.class);
			return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toString();
		}

		@Override
		Object parse(JsonNode value) {
			return OffsetDateTime.parse(value.stringValue());
		}

	},

	DAY {

		@Override
		@Nullable
		Object read(ResultSet row, int column) throws SQLException {
			var day = row.getObject(column, LocalDate.class);
			return day == null ? null : day.toString();
		}

		@Override
		Object parse(JsonNode value) {
			return LocalDate.parse(value.stringValue());
		}

	};

	/** @param name what either database calls it */
	static ColumnType of(String name) {
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "varchar", "text", "character varying" -> TEXT;
			case "int4", "int8", "integer", "bigint" -> NUMBER;
			case "bool", "boolean" -> FLAG;
			case "uuid" -> ID;
			case "timestamptz", "timestamp with time zone" -> TIME;
			case "date" -> DAY;
			default -> throw new IllegalStateException("no backup knows the type " + name);
		};
	}

	/** The value as it is in a file: a text, a whole number, a flag or {@code null}. */
	abstract @Nullable Object read(ResultSet row, int column) throws SQLException;

	abstract Object parse(JsonNode value);

	/**
	 * Gives a value of a file to a statement.
	 *
	 * @throws BackupUnusable if it is none of this type
	 */
	void bind(PreparedStatement statement, int parameter, JsonNode value) throws SQLException {
		if (value.isNull()) {
			statement.setNull(parameter, Types.NULL);
			return;
		}
		try {
			statement.setObject(parameter, parse(value));
		} catch (DateTimeException | IllegalArgumentException | JacksonException malformed) {
			throw new BackupUnusable("The backup has a value that is no %s.".formatted(this), malformed);
		}
	}

}
