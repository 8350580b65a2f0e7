package dev.corral.conversation.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Owner;
import dev.corral.conversation.backup.Backup;
import dev.corral.conversation.backup.BackupReader;
import dev.corral.conversation.backup.BackupUnusable;
import dev.corral.conversation.backup.Restore;
import dev.corral.conversation.store.StoreUrl.Vendor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Databases of every version are upgraded, backed up and restored, between both kinds of database, and nothing of them is lost. */
class BackupIntegrationTests {

	/** The migrations that have ever been the newest one. */
	private static final List<Integer> VERSIONS = List.of(1, 2, 3, 4, 5, 6, 7);

	private static final int NEWEST = VERSIONS.getLast();

	@TempDir
	Path folder = Path.of("");

	static Stream<Arguments> versions() {
		return VERSIONS.stream().flatMap(version -> Stream.of(Vendor.values())
				.map(vendor -> Arguments.of(version, vendor)));
	}

	private static Vendor other(Vendor vendor) {
		return vendor == Vendor.H2 ? Vendor.POSTGRESQL : Vendor.H2;
	}

	private static StoreSettings empty(Vendor vendor) {
		return vendor == Vendor.H2
				? new StoreSettings("h2:mem:" + UUID.randomUUID(), null, null, 4, null)
				: new StoreSettings(PostgresServer.newDatabase(), PostgresServer.user(), PostgresServer.user(), 4,
						null);
	}

	@ParameterizedTest
	@MethodSource("versions")
	void upgradesADatabaseOfEveryVersionWithAllThatIsInIt(int version, Vendor vendor) throws SQLException {
		var settings = empty(vendor);
		var old = OldDatabase.make(settings, version);
		var shape = old.shape();
		var before = OldDatabase.rows(settings, shape);

		try (var store = StoreFixture.open(settings.url(), settings.username(), Clock.systemUTC())) {

			assertThat(OldDatabase.rows(settings, shape)).isEqualTo(before).isNotEmpty();
			var conversation = StoreFixture.await(store.conversations().find(new Owner("ada"),
					new ConversationId(new UUID("conversation".hashCode(), 1))));
			assertThat(conversation.title()).isEqualTo("Grüße 😀 1");
			assertThat(StoreFixture.await(store.messages().tree(new Owner("ada"), conversation.id())).nodes())
					.hasSize(1);
		}
	}

	@ParameterizedTest
	@MethodSource("versions")
	void restoresBackupsOfEveryVersionIntoTheOtherDatabase(int version, Vendor vendor) throws Exception {
		var settings = empty(vendor);
		var old = OldDatabase.make(settings, version);
		var target = empty(other(vendor));

		var written = backup(settings, "a");
		var read = new Restore(new JdbcStore(target)).run(written, false);

		assertThat(read.rows()).isEqualTo(3L * old.shape().size());
		assertThat(OldDatabase.rows(target, old.shape())).isEqualTo(OldDatabase.rows(settings, old.shape()));
		var again = empty(vendor);
		new Restore(new JdbcStore(again)).run(backup(target, "b"), false);
		assertThat(OldDatabase.rows(again, old.shape())).isEqualTo(OldDatabase.rows(settings, old.shape()));
	}

	@ParameterizedTest
	@EnumSource(Vendor.class)
	void backsUpEveryTableThatMigrationsMake(Vendor vendor) throws Exception {
		var settings = empty(vendor);
		OldDatabase.make(settings, NEWEST);

		try (var connection = new JdbcStore(settings).open();
				var tables = connection.getMetaData().getTables(null, connection.getSchema(), "%",
						new String[]{"TABLE", "BASE TABLE"})) {
			var names = new ArrayList<String>();
			while (tables.next()) {
				names.add(tables.getString("TABLE_NAME"));
			}
			names.remove("flyway_schema_history");
			assertThat(BackupReader.check(backup(settings, "a")).tables()).extracting("name")
					.containsExactlyInAnyOrderElementsOf(names);
		}
	}

	@ParameterizedTest
	@EnumSource(Vendor.class)
	void replacesWhatIsThereOnlyWhenTold(Vendor vendor) throws Exception {
		var settings = empty(vendor);
		var shape = OldDatabase.make(settings, NEWEST).shape();
		var file = backup(settings, "a");
		var before = OldDatabase.rows(settings, shape);
		var restore = new Restore(new JdbcStore(settings));

		assertThatThrownBy(() -> restore.run(file, false)).isInstanceOf(BackupUnusable.class)
				.hasMessageContaining("There is something in").hasMessageContaining("--replace");
		assertThat(restore.run(file, true).rows()).isEqualTo(before.size());
		assertThat(OldDatabase.rows(settings, shape)).isEqualTo(before);
	}

	/** Rows go from one table to another in each transaction, so that every moment has the same number of them. */
	@ParameterizedTest
	@EnumSource(Vendor.class)
	void showsOneMomentWhileOthersWrite(Vendor vendor) throws Exception {
		var settings = empty(vendor);
		OldDatabase.make(settings, NEWEST);
		var store = new JdbcStore(settings);
		var stop = new AtomicBoolean();
		var moves = new AtomicInteger();
		var writer = Thread.ofPlatform().start(() -> {
			try (var connection = store.open(); var statement = connection.createStatement()) {
				connection.setAutoCommit(false);
				for (int n = 0; !stop.get(); n++) {
					statement.executeUpdate("delete from share where token_hash like 'moved%'");
					statement.executeUpdate("delete from browser_session where token_hash like 'moved%'");
					statement.executeUpdate(n % 2 == 0
							? "insert into browser_session values ('moved%d', 'h', current_timestamp)".formatted(n)
							: "insert into share select 'moved%d', id, id, current_timestamp from conversation limit 1"
									.formatted(n));
					connection.commit();
					moves.incrementAndGet();
				}
			} catch (SQLException failure) {
				throw new IllegalStateException(failure);
			}
		});
		try {
			Awaitility.await().until(() -> moves.get() > 0);

			for (int round = 0; round < 20; round++) {
				int before = moves.get();
				var tables = BackupReader.check(backup(settings, "round" + round)).tables();

				assertThat(tables.stream().filter(table -> table.name().equals("share")
						|| table.name().equals("browser_session")).mapToLong(table -> table.rows()).sum()).isEqualTo(7);
				Awaitility.await().until(() -> moves.get() > before);
			}
		} finally {
			stop.set(true);
			writer.join();
		}
	}

	@Test
	void refusesEveryFileThatIsNotWholeAndChangesNothing() throws Exception {
		var settings = empty(Vendor.H2);
		var shape = OldDatabase.make(settings, NEWEST).shape();
		var before = OldDatabase.rows(settings, shape);
		var whole = Files.readAllBytes(backup(settings, "a"));
		var text = unpacked(folder.resolve("a"));
		var restore = new Restore(new JdbcStore(settings));
		var file = folder.resolve("bad");

		for (int length = 0; length < whole.length; length++) {
			Files.write(file, Arrays.copyOf(whole, length));
			assertThatThrownBy(() -> restore.run(file, true)).as("The first %d bytes", length)
					.isInstanceOf(BackupUnusable.class);
		}
		for (int index = 10; index < whole.length; index++) {
			var damaged = whole.clone();
			damaged[index] ^= 4;
			Files.write(file, damaged);
			if (!saysAll(file, text)) {
				assertThatThrownBy(() -> restore.run(file, true)).as("Byte %d", index)
						.isInstanceOf(BackupUnusable.class);
			}
		}
		assertThat(OldDatabase.rows(settings, shape)).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = {"\"version\":1 \"version\":2 reads formats up to 1", "corral-backup other is no backup",
			"Grüße Grusse checksum", "\"rows\":3 \"rows\":4 its rows", "\"owner\" \"owner_new\" checksum"})
	void saysWhatIsWrongWithAFile(String change) throws Exception {
		var parts = change.split(" ", 3);
		var settings = empty(Vendor.H2);
		OldDatabase.make(settings, NEWEST);
		var file = backup(settings, "a");

		Files.write(file, packed(unpacked(file).replace(parts[0], parts[1])));

		assertThatThrownBy(() -> BackupReader.check(file)).isInstanceOf(BackupUnusable.class)
				.hasMessageContaining(parts[2]);
	}

	@Test
	void refusesWhatANewerCorralHasStored() throws Exception {
		var settings = empty(Vendor.H2);
		OldDatabase.make(settings, NEWEST);
		try (var connection = new JdbcStore(settings).open(); var statement = connection.createStatement()) {
			statement.execute("alter table share add column colour varchar(9)");
		}
		var file = backup(settings, "a");
		var target = empty(Vendor.H2);

		assertThatThrownBy(() -> new Restore(new JdbcStore(target)).run(file, false))
				.isInstanceOf(BackupUnusable.class).hasMessageContaining("the column colour of share")
				.hasMessageContaining("newer");
		assertThat(new Restore(new JdbcStore(target)).run(backup(target, "empty"), false).rows()).isZero();
	}

	private Path backup(StoreSettings settings, String name) throws IOException {
		var file = folder.resolve(name);
		try (var output = Files.newOutputStream(file)) {
			new Backup(new JdbcStore(settings)).write(output);
		}
		return file;
	}

	private static String unpacked(Path file) throws IOException {
		try (var input = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
			return new String(input.readAllBytes(), UTF_8);
		}
	}

	/** The last bits of a compressed stream may be nobody's, and damage to them none. */
	private static boolean saysAll(Path file, String text) {
		try {
			return unpacked(file).equals(text);
		} catch (IOException damaged) {
			return false;
		}
	}

	private static byte[] packed(String text) throws IOException {
		var bytes = new ByteArrayOutputStream();
		try (var output = new GZIPOutputStream(bytes)) {
			output.write(text.getBytes(UTF_8));
		}
		return bytes.toByteArray();
	}

}
