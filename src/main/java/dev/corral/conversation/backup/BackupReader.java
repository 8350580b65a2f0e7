package dev.corral.conversation.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.backup.BackupSummary.Table;
import tools.jackson.databind.JsonNode;

/** Reads a backup from its beginning to its end, one row in memory. */
public final class BackupReader {

	private BackupReader() {
	}

	/** Is told what is in a backup. */
	interface Sink {

		/** The rows of this table follow. */
		void table(String name, List<String> columns) throws SQLException;

		/** @param values as many as there are columns */
		void row(JsonNode values) throws SQLException;

	}

	/**
	 * Reads all of a file without keeping any of it, to know that it is whole.
	 *
	 * @throws BackupUnusable if it is none, of a newer format, damaged or cut off
	 */
	public static BackupSummary check(Path file) throws IOException {
		try {
			return read(file, new Sink() {

				@Override
				public void table(String name, List<String> columns) {
					// It is enough that it can be read.
				}

				@Override
				public void row(JsonNode values) {
					// As above.
				}

			});
		} catch (SQLException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	static BackupSummary read(Path file, Sink sink) throws IOException, SQLException {
		try (var input = Files.newInputStream(file)) {
			return read(input, sink);
		}
	}

	private static BackupSummary read(InputStream input, Sink sink) throws IOException, SQLException {
		var lines = new LineInput(input);
		checkHeader(lines.line());
		var tables = new ArrayList<Table>();
		var counter = new Counter();
		for (var line = lines.line(); line != null; line = lines.line()) {
			if (line.isArray()) {
				counter.row(line);
				sink.row(line);
			} else {
				counter.end();
				var columns = line.path(Format.COLUMNS).valueStream().map(name -> name.stringValue("")).toList();
				counter.begin(columns.size(), line.path(Format.ROWS).longValue(-1));
				var name = line.path(Format.TABLE).stringValue("");
				tables.add(new Table(name, line.path(Format.ROWS).longValue(-1)));
				sink.table(name, columns);
			}
		}
		counter.end();
		return new BackupSummary(tables);
	}

	private static void checkHeader(@Nullable JsonNode header) {
		if (header == null || !header.path(Format.FORMAT).stringValue("").equals(Format.NAME)) {
			throw new BackupUnusable("This is no backup of Corral.");
		}
		int version = header.path(Format.FORMAT_VERSION).intValue(0);
		if (version < 1 || version > Format.VERSION) {
			throw new BackupUnusable(
					"The backup has format %d, and this Corral reads formats up to %d. Take a newer one."
							.formatted(version, Format.VERSION));
		}
	}

	/** Holds a table to the number of its rows. */
	private static final class Counter {

		private int columns;

		private long missing;

		void begin(int width, long rows) {
			columns = width;
			missing = rows;
		}

		void row(JsonNode values) {
			missing--;
			if (missing < 0 || values.size() != columns) {
				throw wrong();
			}
		}

		void end() {
			if (missing != 0) {
				throw wrong();
			}
		}

		private static BackupUnusable wrong() {
			return new BackupUnusable("The backup is damaged: its rows are not those that it says.");
		}

	}

}
