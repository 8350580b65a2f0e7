package dev.corral.conversation.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The one PostgreSQL of this JVM: in a container where Docker is, else unpacked from a jar. It ends with the JVM. */
final class PostgresServer {

	private static final String IMAGE = "postgres:18-alpine";

	private static final AtomicInteger DATABASES = new AtomicInteger();

	private static final PostgresServer SERVER = start();

	private final String host;

	private final int port;

	private final String user;

	private PostgresServer(String host, int port, String user) {
		this.host = host;
		this.port = port;
		this.user = user;
	}

	/** Makes an empty database; its setting {@code corral.store.url}. */
	static String newDatabase() {
		var name = "corral_" + DATABASES.incrementAndGet();
		SERVER.execute("create database " + name);
		return "postgresql://%s:%d/%s".formatted(SERVER.host, SERVER.port, name);
	}

	/** The name of a user, who has it for a password too. */
	static String user() {
		return SERVER.user;
	}

	/** Ends all connections to a database, and takes no new ones. */
	static void disconnect(String url) {
		var name = url.substring(url.lastIndexOf('/') + 1);
		SERVER.execute("alter database " + name + " with allow_connections false");
		SERVER.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
	}

	/** Takes new ones again. */
	static void reconnect(String url) {
		SERVER.execute("alter database " + url.substring(url.lastIndexOf('/') + 1) + " with allow_connections true");
	}

	private void execute(String sql) {
		try (var connection = DriverManager.getConnection("jdbc:postgresql://%s:%d/postgres".formatted(host, port),
				user,
				user); var statement = connection.createStatement()) {
			statement.execute(sql);
		} catch (SQLException failure) {
			throw new IllegalStateException(failure);
		}
	}

	private static PostgresServer start() {
		return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
	}

	// Testcontainers removes it when the JVM has ended.
	@SuppressWarnings("resource")
	private static PostgresServer container() {
		var container = new PostgreSQLContainer(IMAGE).withUsername("corral").withPassword("corral");
		container.start();
		return new PostgresServer(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
				"corral");
	}

	// It ends itself when the JVM ends.
	@SuppressWarnings("resource")
	private static PostgresServer embedded() {
		try {
			var server = EmbeddedPostgres.builder().start();
			return new PostgresServer("localhost", server.getPort(), "postgres");
		} catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
