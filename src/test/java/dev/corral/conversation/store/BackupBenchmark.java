package dev.corral.conversation.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.conversation.backup.Backup;
import dev.corral.conversation.backup.Restore;

/** How long 200,000 messages take to be backed up and restored; leaves the H2 file for a run of the command with little memory. */
@Tag("benchmark")
class BackupBenchmark {

	private static final Logger log = LoggerFactory.getLogger(BackupBenchmark.class);

	private static final int CONVERSATIONS = 10_000;

	private static final int MESSAGES_EACH = 20;

	private static final int CHARACTERS = 754;

	private static final OffsetDateTime TIME = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

	private final SplittableRandom random = new SplittableRandom(17);

	@Test
	void takesAndRestoresBackups() throws Exception {
		var folder = Path.of("target/backup-benchmark");
		Files.createDirectories(folder);
		Files.deleteIfExists(folder.resolve("store.mv.db"));
		var settings = new StoreSettings("h2:" + folder.resolve("store"), null, null, 4, null);
		var postgres = new StoreSettings(PostgresServer.newDatabase(), PostgresServer.user(), PostgresServer.user(), 4,
				null);
		var store = new JdbcStore(settings);
		store.migrate();
		fill(store);
		var file = folder.resolve("first.backup");

		time("backup from H2", () -> backup(store, file));
		time("restore into PostgreSQL", () -> new Restore(new JdbcStore(postgres)).run(file, false));
		time("backup from PostgreSQL", () -> backup(new JdbcStore(postgres), folder.resolve("second.backup")));
		time("restore into H2", () -> new Restore(store).run(folder.resolve("second.backup"), true));
		log.info("The file has {} bytes", Files.size(file));
		store.shutDown();
	}

	private static void backup(JdbcStore store, Path file) throws Exception {
		try (var output = Files.newOutputStream(file)) {
			new Backup(store).write(output);
		}
	}

	private void fill(JdbcStore store) throws SQLException {
		try (var connection = store.open();
				var conversation = connection.prepareStatement(
						"insert into conversation (id, owner, model, parameters, metadata, created_at, updated_at, version) values (?, ?, 'cria', '{}', '{}', ?, ?, 1)");
				var message = connection.prepareStatement(
						"insert into message (id, conversation, owner, depth, role, content, characters, status, created_at) values (?, ?, ?, ?, 'user', ?, ?, 'complete', ?)")) {
			connection.setAutoCommit(false);
			for (int number = 0; number < CONVERSATIONS; number++) {
				var id = new UUID(1, number);
				var owner = "owner-" + number % 50;
				set(conversation, id, owner, TIME, TIME);
				conversation.executeUpdate();
				for (int depth = 0; depth < MESSAGES_EACH; depth++) {
					set(message, new UUID(2, (long) number * MESSAGES_EACH + depth), id, owner, depth, text(),
							CHARACTERS,
							TIME);
					message.addBatch();
				}
				message.executeBatch();
				connection.commit();
			}
		}
	}

	private static void set(PreparedStatement statement, Object... values) throws SQLException {
		for (int index = 0; index < values.length; index++) {
			statement.setObject(index + 1, values[index]);
		}
	}

	private String text() {
		var text = new StringBuilder();
		while (text.length() < CHARACTERS) {
			text.append(Long.toString(random.nextLong(36 * 36, 36L * 36 * 36 * 36), 36)).append(' ');
		}
		return text.substring(0, CHARACTERS);
	}

	private static void time(String what, Work work) throws Exception {
		long begun = System.nanoTime();
		work.run();
		log.info("{}: {} ms", what, (System.nanoTime() - begun) / 1_000_000);
	}

	/** Something that is timed. */
	private interface Work {

		void run() throws Exception;

	}

}
