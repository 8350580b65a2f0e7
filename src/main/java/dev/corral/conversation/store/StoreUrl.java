package dev.corral.conversation.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;

/**
 * The setting {@code corral.store.url}, as the URL that Flyway migrates by and the options that R2DBC connects by:
 * <ul>
 * <li>{@code h2:PATH} is a file, to whose name H2 adds {@code .mv.db}; {@code ~/} is the home directory
 * <li>{@code h2:mem:NAME} is memory
 * <li>{@code postgresql://HOST[:PORT]/DATABASE[?sslmode=MODE[&sslrootcert=FILE]]} is a server.
 * </ul>
 *
 * @param place what the messages call it
 */
record StoreUrl(Vendor vendor, String place, String jdbcUrl, ConnectionFactoryOptions options) {

	private static final String H2 = "h2:";

	private static final String MEMORY = "h2:mem:";

	private static final String POSTGRESQL = "postgresql://";

	private static final int POSTGRESQL_PORT = 5432;

	/** Most statements that a connection keeps prepared. They differ by how many ids they name, and each takes memory on the server. */
	private static final int PREPARED = 100;

	/**
	 * The first three make H2 read SQL as PostgreSQL does. What is committed is written at once instead of half a second later, so that it
	 * outlives the process. Nobody but {@link Database#close} closes the database: H2 would by itself when the last connection
	 * is gone, and as soon as the process is asked to end, while replies still run.
	 */
	private static final String H2_SETTINGS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
			+ ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

	private static final Map<String, String> POSTGRESQL_OPTIONS = Map.of("sslmode", "sslMode", "sslrootcert",
			"sslRootCert");

	private static final String REMEDY = "Set corral.store.url to h2: and a file, such as h2:./data/corral, or to postgresql://host:5432/database.";

	/** @throws StoreRefused if the setting is none of the forms above */
	static StoreUrl of(StoreSettings settings) {
		var url = settings.url().strip();
		if (url.startsWith(POSTGRESQL)) {
			return postgresql(url, settings);
		}
		if (url.startsWith(H2) && url.length() > H2.length() && url.indexOf(';') < 0) {
			return h2(url.startsWith(MEMORY) ? url : H2 + file(url.substring(H2.length())));
		}
		throw new StoreRefused("corral.store.url is '%s', which is no place for conversations.".formatted(url), REMEDY);
	}

	private static StoreUrl h2(String url) {
		var location = url.substring(H2.length());
		var options = ConnectionFactoryOptions.builder().option(ConnectionFactoryOptions.DRIVER, "h2")
				.option(Option.valueOf("url"), location + H2_SETTINGS).build();
		return new StoreUrl(Vendor.H2, location, "jdbc:" + url + H2_SETTINGS, options);
	}

	private static Path file(String path) {
		var expanded = path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
		return Path.of(expanded).toAbsolutePath().normalize();
	}

	private static StoreUrl postgresql(String text, StoreSettings settings) {
		var url = parse(text);
		var host = url.getHost();
		var database = url.getPath().replaceFirst("^/", "");
		if (host == null || database.isEmpty() || url.getUserInfo() != null) {
			throw new StoreRefused(
					"corral.store.url must name a host and a database, and no user: those are corral.store.username and corral.store.password.",
					REMEDY);
		}
		int port = url.getPort() < 0 ? POSTGRESQL_PORT : url.getPort();
		var options = ConnectionFactoryOptions.builder().option(ConnectionFactoryOptions.DRIVER, "postgresql")
				.option(ConnectionFactoryOptions.HOST, host).option(ConnectionFactoryOptions.PORT, port)
				.option(ConnectionFactoryOptions.DATABASE, database)
				.option(Option.valueOf("preparedStatementCacheQueries"), PREPARED)
				.option(ConnectionFactoryOptions.USER, orEmpty(settings.username()))
				.option(ConnectionFactoryOptions.PASSWORD, orEmpty(settings.password()));
		parameters(url).forEach((name, value) -> options.option(Option.valueOf(option(name)), value));
		return new StoreUrl(Vendor.POSTGRESQL, "%s:%d/%s".formatted(host, port, database), "jdbc:" + text,
				options.build());
	}

	private static URI parse(String url) {
		try {
			return new URI(url);
		} catch (URISyntaxException invalid) {
			throw new StoreRefused("corral.store.url is no valid URL: " + invalid.getReason() + ".", REMEDY, invalid);
		}
	}

	private static Map<String, String> parameters(URI url) {
		var parameters = new LinkedHashMap<String, String>();
		if (url.getQuery() != null) {
			for (var parameter : url.getQuery().split("&", -1)) {
				int equals = parameter.indexOf('=');
				parameters.put(equals < 0 ? parameter : parameter.substring(0, equals),
						parameter.substring(equals + 1));
			}
		}
		return parameters;
	}

	private static String option(String parameter) {
		var option = POSTGRESQL_OPTIONS.get(parameter.toLowerCase(Locale.ROOT));
		if (option == null) {
			throw new StoreRefused("corral.store.url has the parameter '%s'; it can have sslmode and sslrootcert."
					.formatted(parameter), REMEDY);
		}
		return option;
	}

	private static String orEmpty(@Nullable String text) {
		return text == null ? "" : text;
	}

	/** The databases that are understood; what they do differently is in the folder of migrations by their name, and in {@link Search}. */
	enum Vendor {

		H2, POSTGRESQL;

		String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
