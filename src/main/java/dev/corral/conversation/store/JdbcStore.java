package dev.corral.conversation.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import dev.corral.conversation.store.StoreUrl.Vendor;

/**
 * The database of the settings for work that reads or writes all of it, one row after the other, on a thread that may block. Opens nothing by
 * itself. Safe for any thread.
 */
public final class JdbcStore {

	/** So that a mistyped path is no new, empty store. */
	private static final String EXISTING = ";IFEXISTS=TRUE";

	/** H2's {@code DATABASE_NOT_FOUND_WITH_IF_EXISTS_1}. */
	private static final int NOT_FOUND = 90146;

	private final StoreSettings settings;

	private final StoreUrl url;

	JdbcStore(StoreSettings settings) {
		this.settings = settings;
		this.url = StoreUrl.of(settings);
	}

	/** {@code h2} or {@code postgresql}. */
	public String vendor() {
		return url.vendor().id();
	}

	/** What messages call it. */
	public String place() {
		return url.place();
	}

	/** Brings it to the newest schema; makes it, if it is a file that is not there. */
	public void migrate() {
		Migration.run(url, settings);
	}

	/**
	 * A connection to what is there, as it is.
	 *
	 * @throws SQLException if there is nothing, or it cannot be used
	 */
	public Connection open() throws SQLException {
		if (url.vendor() == Vendor.POSTGRESQL) {
			return DriverManager.getConnection(url.jdbcUrl(), settings.username(), settings.password());
		}
		try {
			return DriverManager.getConnection(url.jdbcUrl() + EXISTING);
		} catch (SQLException failure) {
			throw switch (failure.getErrorCode()) {
				case Migration.ALREADY_OPEN -> new SQLException(
						"another process uses the file. A running server gives a backup with --url.", failure);
				case NOT_FOUND -> new SQLException("there is no such file.", failure);
				default -> failure;
			};
		}
	}

	/** Whether this is a file that this process alone has, and that it has to close itself; never so for what is in memory. */
	boolean file() {
		return url.vendor() == Vendor.H2 && !url.place().startsWith("mem:");
	}

	/** Closes an H2 file, so that nobody has to repair it; not beside a server in this process. */
	public void shutDown() throws SQLException {
		if (file()) {
			try (var connection = open(); var statement = connection.createStatement()) {
				statement.execute("shutdown");
			}
		}
	}

}
