package dev.corral.conversation.store;

import java.sql.SQLException;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Brings a database to the newest schema, or says why it cannot be used. */
final class Migration {

	private static final String FOLDER = "classpath:dev/corral/conversation/store/";

	/** H2's {@code DATABASE_ALREADY_OPEN_1}. */
	static final int ALREADY_OPEN = 90020;

	private Migration() {
	}

	/** @throws StoreRefused if that fails */
	static void run(StoreUrl url, StoreSettings settings) {
		try {
			Flyway.configure().dataSource(url.jdbcUrl(), settings.username(), settings.password())
					.locations(FOLDER + "common", FOLDER + url.vendor().id()).load().migrate();
		} catch (FlywayException failure) {
			throw refused(url, failure);
		}
	}

	private static StoreRefused refused(StoreUrl url, FlywayException failure) {
		var cause = cause(failure);
		if (cause != null && cause.getErrorCode() == ALREADY_OPEN) {
			return new StoreRefused(
					"The conversations in '%s' are in use by another process.".formatted(url.place()),
					"Stop the other Corral, or give this one a store of its own with corral.store.url. Several servers can share one PostgreSQL.",
					failure);
		}
		return new StoreRefused(
				"The conversations in '%s' cannot be read: %s".formatted(url.place(),
						cause == null ? failure.getMessage() : cause.getMessage()),
				"Check corral.store.url, corral.store.username and corral.store.password, and that the database is there.",
				failure);
	}

	private static @Nullable SQLException cause(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql) {
				return sql;
			}
		}
		return null;
	}

}
