package dev.corral.conversation.backup;

/** The names of a file's fields; docs/adr/0018-backup.md describes it. */
final class Format {

	static final String NAME = "corral-backup";

	/** Of the file's structure, not of the tables in it. */
	static final int VERSION = 1;

	static final String FORMAT = "format";

	static final String FORMAT_VERSION = "version";

	static final String SCHEMA = "schema";

	static final String DATABASE = "database";

	static final String MADE_AT = "made_at";

	static final String TABLE = "table";

	static final String COLUMNS = "columns";

	static final String ROWS = "rows";

	static final String SHA256 = "sha256";

	private Format() {
	}

}
