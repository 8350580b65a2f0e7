package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class KvDiskTierTests {

	private static final KvStateKey KEY = new KvStateKey("a model", "b1", "f16 f16");

	private static final KvStateKey OTHER_KEY = new KvStateKey("another model", "b1", "f16 f16");

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final long PLENTY = 1 << 30;

	@TempDir
	private Path temporary;

	private Path root = Path.of("");

	private final States states = new States();

	/** Goes on by a second with each look. */
	private long millis = 1_000_000_000_000L;

	private final InstantSource clock = () -> Instant.ofEpochMilli(millis += 1000);

	@BeforeEach
	void chooseAFolderThatIsNotThere() {
		root = temporary.resolve("corral/kv-states");
	}

	@AfterEach
	void everythingWasFreed() {
		assertThat(states.open()).isEmpty();
	}

	@Test
	void keepsWhatFallsOutOfMemory() {
		try (var tier = new Tier(PLENTY, KEY, 5)) {
			states.put(tier.tiers, "", 1, 2, 3, 4);
			states.put(tier.tiers, "", 5, 6, 7);
			tier.settle();

			var match = tier.tiers.longest(new int[]{1, 2, 9}, 3, "").orElseThrow();
			assertThat(match.inMemory()).isFalse();
			assertThat(match.length()).isEqualTo(2);
			assertThat(match.stateTokens()).isEqualTo(4);
			assertThat(states.load(match)).contains(new int[]{1, 2, 3, 4});
			assertThat(tier.tiers.diskStats().hits()).isEqualTo(1);
		}
	}

	@Test
	void bringsAStateThatWasReadBackIntoMemory() {
		try (var tier = new Tier(PLENTY, KEY, 5)) {
			states.put(tier.tiers, "", 1, 2, 3, 4);
			states.put(tier.tiers, "", 5, 6, 7);
			tier.settle();
			states.load(tier.tiers.longest(new int[]{1}, 1, "").orElseThrow());
			tier.settle();

			assertThat(tier.tiers.longest(new int[]{1}, 1, "").orElseThrow().inMemory()).isTrue();
			assertThat(tier.tiers.longest(new int[]{5}, 1, "").orElseThrow().inMemory()).isFalse();
		}
	}

	@Test
	void writesNothingTwice() {
		try (var tier = new Tier(PLENTY, KEY, 4)) {
			states.put(tier.tiers, "", 1, 2, 3, 4);
			states.put(tier.tiers, "", 5, 6, 7);
			for (int i = 0; i < 3; i++) {
				tier.settle();
				states.load(tier.tiers.longest(new int[]{1}, 1, "").orElseThrow());
				tier.settle();
				states.load(tier.tiers.longest(new int[]{5}, 1, "").orElseThrow());
			}

			assertThat(tier.tiers.diskStats().stored()).isEqualTo(2);
		}
	}

	@Test
	void findsEverythingAgainAfterARestart() {
		try (var tier = new Tier(PLENTY, KEY, 4)) {
			states.put(tier.tiers, "", 1, 2, 3, 4);
			states.put(tier.tiers, "tenant", 1, 2, 3);
			states.put(tier.tiers, "", 5, 6, 7);
		}

		try (var tier = new Tier(PLENTY, KEY, 4)) {
			assertThat(tier.load("", 1, 2)).containsExactly(1, 2, 3, 4);
			assertThat(tier.load("", 5)).containsExactly(5, 6, 7);
			assertThat(tier.load("tenant", 1)).containsExactly(1, 2, 3);
			assertThat(tier.tiers.longest(new int[]{5}, 1, "tenant")).isEmpty();
			assertThat(tier.tiers.diskStats().entries()).isEqualTo(3);
		}
	}

	@Test
	void replacesAFileOnlyWhenTheLongerStateIsOnDisk() throws IOException {
		try (var tier = new Tier(PLENTY, KEY, 4)) {
			states.put(tier.tiers, "", 1, 2, 3);
			states.put(tier.tiers, "", 9, 9, 9);
			tier.settle();
			states.put(tier.tiers, "", 1, 2, 3, 4);
			tier.settle();
			assertThat(files(KEY)).hasSize(2);
		}

		assertThat(files(KEY)).hasSize(2);
		try (var tier = new Tier(PLENTY, KEY, 4)) {
			assertThat(tier.load("", 1)).containsExactly(1, 2, 3, 4);
			assertThat(tier.load("", 9)).containsExactly(9, 9, 9);
		}
	}

	@Test
	void takesADamagedPayloadForAMiss() throws IOException {
		writeOne();
		var file = files(KEY).getFirst();
		var bytes = Files.readAllBytes(file);
		bytes[bytes.length - 1] ^= 1;
		Files.write(file, bytes);

		try (var tier = new Tier(PLENTY, KEY, 4)) {
			var match = tier.tiers.longest(new int[]{1}, 1, "").orElseThrow();
			assertThat(states.load(match)).isEmpty();
			tier.settle();

			assertThat(tier.tiers.longest(new int[]{1}, 1, "")).isEmpty();
			assertThat(tier.tiers.diskStats().corrupt()).isEqualTo(1);
			assertThat(tier.tiers.diskStats().entries()).isZero();
			assertThat(file).doesNotExist();
		}
	}

	@Test
	void findsADamageInEveryByteOfTheHeader() throws IOException {
		writeOne();
		var file = files(KEY).getFirst();
		var sound = Files.readAllBytes(file);

		for (int i = 0; i < sound.length - 3 * States.BYTES_PER_TOKEN; i++) {
			var bytes = sound.clone();
			bytes[i] ^= 0x40;
			Files.write(file, bytes);
			assertRefused(file);
		}
	}

	@Test
	void refusesAFileThatIsShorterOrLongerThanItShouldBe() throws IOException {
		writeOne();
		var file = files(KEY).getFirst();
		var sound = Files.readAllBytes(file);

		for (int length : new int[]{0, 1, 27, 28, 75, 90, sound.length - 1, sound.length + 1}) {
			Files.write(file, Arrays.copyOf(sound, length));
			assertRefused(file);
		}
	}

	@Test
	void refusesLengthsThatTheFileDoesNotHave() throws IOException {
		writeOne();
		var file = files(KEY).getFirst();
		var sound = Files.readAllBytes(file);

		for (int position : new int[]{12, 16, 20, 60, 64}) {
			for (int value : new int[]{Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 28}) {
				var bytes = ByteBuffer.wrap(sound.clone()).order(ByteOrder.LITTLE_ENDIAN).putInt(position, value);
				Files.write(file, withHeaderChecksum(bytes));
				assertRefused(file);
			}
		}
	}

	@Test
	void refusesAStateOfAnotherModelInItsFolder() throws IOException {
		writeOne();
		var moved = temporary.resolve("corral/kv-states").resolve(OTHER_KEY.folderName());
		Files.createDirectory(moved);
		var file = moved.resolve(files(KEY).getFirst().getFileName());
		Files.copy(files(KEY).getFirst(), file);

		try (var tier = new Tier(PLENTY, OTHER_KEY, 4)) {
			tier.settle();
			assertThat(tier.tiers.longest(new int[]{1}, 1, "")).isEmpty();
			assertThat(tier.tiers.diskStats().corrupt()).isEqualTo(1);
		}
		assertThat(file).doesNotExist();
		assertThat(files(KEY)).hasSize(1);
	}

	@Test
	void refusesAStateUnderTheNameOfAnother() throws IOException {
		writeOne();
		var file = files(KEY).getFirst();
		Files.move(file, file.resolveSibling(KvStateFile.name("tenant", new int[]{1, 2, 3})));

		try (var tier = new Tier(PLENTY, KEY, 4)) {
			assertThat(tier.tiers.longest(new int[]{1}, 1, "")).isEmpty();
			assertThat(tier.tiers.diskStats().corrupt()).isEqualTo(1);
		}
	}

	@Test
	void removesWhatAKilledProcessLeftHalfWritten() throws IOException {
		writeOne();
		var half = files(KEY).getFirst().resolveSibling("0".repeat(32) + ".tmp");
		Files.write(half, new byte[50]);

		try (var tier = new Tier(PLENTY, KEY, 4)) {
			assertThat(half).doesNotExist();
			assertThat(tier.load("", 1)).containsExactly(1, 2, 3);
		}
	}

	@Test
	void neitherReadsNorRemovesWhatLinksLeadTo() throws IOException {
		writeOne();
		var file = files(KEY).getFirst();
		var outside = temporary.resolve("outside");
		Files.move(file, outside);
		Files.createSymbolicLink(file, outside);
		Files.createSymbolicLink(root.resolve("f".repeat(64)), temporary);

		try (var tier = new Tier(0, KEY, 4)) {
			assertThat(tier.tiers.longest(new int[]{1}, 1, "")).isEmpty();
		}
		assertThat(outside).exists();
		assertThat(file).isSymbolicLink();
	}

	@Test
	void leavesFilesAloneThatAreNotItsOwn() throws IOException {
		writeOne();
		var note = files(KEY).getFirst().resolveSibling("note.kv");
		Files.writeString(note, "not a state");
		Files.writeString(root.resolve("README"), "not a folder");

		try (var tier = new Tier(1, KEY, 4)) {
			assertThat(tier.tiers.diskStats().entries()).isZero();
		}
		assertThat(note).exists();
		assertThat(root.resolve("README")).exists();
	}

	@Test
	void boundsTheBytesOfAllModelsTogether() throws IOException {
		try (var disk = KvDisk.open(root, 4 * 4096, PLENTY, clock).orElseThrow();
				var tier = new Tier(disk, KEY, 0);
				var other = new Tier(disk, OTHER_KEY, 0)) {
			states.put(tier.tiers, "", 1, 1);
			states.put(other.tiers, "", 2, 2);
			states.put(tier.tiers, "", 3, 3);
			states.put(tier.tiers, "", 4, 4);
			tier.settle();
			other.settle();
			assertThat(tier.load("", 1)).containsExactly(1, 1);

			states.put(tier.tiers, "", 5, 5);
			tier.settle();
			other.settle();

			assertThat(other.tiers.longest(new int[]{2}, 1, "")).isEmpty();
			assertThat(other.tiers.diskStats().evicted()).isEqualTo(1);
			assertThat(files(OTHER_KEY)).isEmpty();
			assertThat(files(KEY)).hasSize(4);
			assertThat(tier.load("", 1)).containsExactly(1, 1);
		}
	}

	@Test
	void remembersTheOrderOfUseOverARestart() {
		try (var tier = new Tier(PLENTY, KEY, 0)) {
			for (int token = 1; token <= 3; token++) {
				states.put(tier.tiers, "", token, token);
			}
			tier.settle();
			assertThat(tier.load("", 1)).containsExactly(1, 1);
		}

		try (var tier = new Tier(2 * 4096, KEY, 0)) {
			assertThat(tier.tiers.longest(new int[]{2}, 1, "")).isEmpty();
			assertThat(tier.load("", 1)).containsExactly(1, 1);
			assertThat(tier.load("", 3)).containsExactly(3, 3);
		}
	}

	@Test
	void doesNotKeepAFileForEverWhoseTimeIsToCome() throws IOException {
		writeOne();
		Files.setLastModifiedTime(files(KEY).getFirst(), FileTime.fromMillis(Long.MAX_VALUE / 2));

		try (var tier = new Tier(4096, KEY, 0)) {
			states.put(tier.tiers, "", 4, 4);
			tier.settle();

			assertThat(tier.load("", 4)).containsExactly(4, 4);
			assertThat(files(KEY)).hasSize(1);
		}
	}

	@Test
	void keepsTenantsApartWhoseNamesAreNoText() {
		try (var tier = new Tier(PLENTY, KEY, 0)) {
			states.put(tier.tiers, "\ud800", 1, 2);
			states.put(tier.tiers, "?", 1, 3);
		}

		try (var tier = new Tier(PLENTY, KEY, 0)) {
			assertThat(tier.load("\ud800", 1)).containsExactly(1, 2);
			assertThat(tier.load("?", 1)).containsExactly(1, 3);
		}
	}

	@Test
	void keepsWhatWasUsedLastWhenNotAllOfMemoryFitsOnDisk() {
		try (var tier = new Tier(2 * 4096, KEY, 100)) {
			for (int token = 1; token <= 5; token++) {
				states.put(tier.tiers, "", token, token);
			}
		}

		try (var tier = new Tier(2 * 4096, KEY, 100)) {
			assertThat(tier.load("", 4)).containsExactly(4, 4);
			assertThat(tier.load("", 5)).containsExactly(5, 5);
			assertThat(tier.tiers.diskStats().entries()).isEqualTo(2);
		}
	}

	@Test
	void dropsWhatWaitsBeyondTheLimitOfTheQueue() {
		try (var disk = KvDisk.open(root, PLENTY, 3 * States.BYTES_PER_TOKEN, clock).orElseThrow();
				var tier = new Tier(disk, KEY, 0)) {
			var blocked = tier.blockWriter();
			states.put(tier.tiers, "", 1, 1);
			states.put(tier.tiers, "", 2);
			states.put(tier.tiers, "", 3, 3);
			assertThat(tier.tiers.diskStats().dropped()).isEqualTo(1);
			assertThat(tier.tiers.longest(new int[]{3}, 1, "")).isEmpty();
			assertThat(tier.tiers.longest(new int[]{1}, 1, "").orElseThrow().inMemory()).isTrue();
			blocked.run();
			tier.settle();

			assertThat(tier.load("", 1)).containsExactly(1, 1);
			assertThat(tier.load("", 2)).containsExactly(2);
		}
	}

	@Test
	void servesAStateThatIsJustBeingWritten() {
		try (var tier = new Tier(PLENTY, KEY, 0)) {
			var blocked = tier.blockWriter();
			states.put(tier.tiers, "", 1, 2, 3);
			var match = tier.tiers.longest(new int[]{1}, 1, "").orElseThrow();
			var payload = match.load().join().orElseThrow();
			blocked.run();
			tier.settle();

			assertThat(states.tokens(payload)).containsExactly(1, 2, 3);
			match.close();
		}
	}

	@Test
	void doesNotWriteWhatIsNotWantedAnyMore() throws IOException {
		try (var tier = new Tier(PLENTY, KEY, 0)) {
			var blocked = tier.blockWriter();
			states.put(tier.tiers, "", 1, 2, 3);
			states.put(tier.tiers, "", 1, 2, 3, 4);
			blocked.run();
			tier.settle();

			assertThat(files(KEY)).hasSize(1);
			assertThat(tier.tiers.diskStats().stored()).isEqualTo(1);
			assertThat(tier.load("", 1)).containsExactly(1, 2, 3, 4);
		}
	}

	@Test
	void givesUpAfterTheTimeItHasToClose() {
		try (var disk = KvDisk.open(root, PLENTY, PLENTY, clock).orElseThrow()) {
			var tier = new Tier(disk, KEY, 100);
			var blocked = tier.blockWriter();
			states.put(tier.tiers, "", 1, 2, 3);
			tier.tiers.close(Duration.ofMillis(1));
			assertThat(states.open()).as("the writer may still read it").hasSize(1);

			blocked.run();
			tier.settle();
		}
	}

	@Test
	void goesOnWithoutAFolderThatCannotBeMade() throws IOException {
		Files.createDirectories(temporary.resolve("corral"));
		Files.writeString(root, "a file in place of the folder");

		assertThat(KvDisk.open(root, PLENTY, PLENTY, clock)).isEmpty();
	}

	@Test
	void goesOnInMemoryWhenTheDiskTakesNoMore() throws IOException {
		try (var tier = new Tier(PLENTY, KEY, 3)) {
			Files.delete(root.resolve(KEY.folderName()));
			Files.writeString(root.resolve(KEY.folderName()), "a file in place of the folder");
			states.put(tier.tiers, "", 1, 1);
			states.put(tier.tiers, "", 2, 2);
			tier.settle();
			states.put(tier.tiers, "", 3, 3);

			assertThat(tier.tiers.longest(new int[]{1}, 1, "")).isEmpty();
			assertThat(tier.load("", 3)).containsExactly(3, 3);
			assertThat(tier.tiers.diskStats().dropped()).isEqualTo(2);
		}
	}

	@Test
	void leavesAFolderToTheOneThatUsesItAlready() {
		try (var tier = new Tier(PLENTY, KEY, 0)) {
			assertThat(KvDisk.open(root, PLENTY, PLENTY, clock)).isEmpty();
			assertThat(tier.tiers.diskStats().entries()).isZero();
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void letsNobodyElseReadThem() throws IOException {
		writeOne();

		assertThat(Files.getPosixFilePermissions(files(KEY).getFirst()))
				.isEqualTo(PosixFilePermissions.fromString("rw-------"));
		assertThat(Files.getPosixFilePermissions(root.resolve(KEY.folderName())))
				.isEqualTo(PosixFilePermissions.fromString("rwx------"));
		assertThat(Files.getPosixFilePermissions(root)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
	}

	@Test
	void losesNothingUnderRandomOperationsAndRestartsWhileThereIsRoom() {
		long seed = 20261124;
		var random = new SplittableRandom(seed);
		var model = new ArrayList<int[]>();
		for (int restart = 0; restart < 10; restart++) {
			try (var tier = new Tier(PLENTY, KEY, 60)) {
				for (int operation = 0; operation < 200; operation++) {
					var when = "seed %d, restart %d, operation %d".formatted(seed, restart, operation);
					int[] tokens = random.ints(random.nextInt(1, 20), 0, 3).toArray();
					switch (random.nextInt(4)) {
						case 0, 1 -> {
							states.put(tier.tiers, "", tokens);
							model.add(tokens);
						}
						case 2 -> {
							var match = tier.tiers.longest(tokens, tokens.length, "");
							int best = model.stream().mapToInt(held -> shared(held, tokens)).max().orElse(0);
							assertThat(match.map(KvMatch::length).orElse(0)).as(when).isEqualTo(best);
							match.ifPresent(found -> assertThat(states.load(found)).as(when)
									.hasValueSatisfying(held -> assertThat(shared(held, tokens)).isEqualTo(best)));
						}
						default -> tier.settle();
					}
				}
			}
		}

		assertThat(model).hasSizeGreaterThan(500);
	}

	@Test
	void staysWithinItsBudgetsUnderRandomOperations() throws IOException {
		long seed = 20261125;
		var random = new SplittableRandom(seed);
		int found = 0;
		for (int restart = 0; restart < 5; restart++) {
			try (var tier = new Tier(20 * 4096, KEY, 60)) {
				for (int operation = 0; operation < 400; operation++) {
					var when = "seed %d, restart %d, operation %d".formatted(seed, restart, operation);
					int[] tokens = random.ints(random.nextInt(4, 20), 0, 4).toArray();
					if (random.nextBoolean()) {
						states.put(tier.tiers, "", tokens);
					} else {
						for (var match : tier.tiers.longest(tokens, tokens.length, "").stream().toList()) {
							int length = match.length();
							var loaded = states.load(match);
							loaded.ifPresent(held -> assertThat(shared(held, tokens)).as(when).isEqualTo(length));
							found += loaded.isPresent() ? 1 : 0;
						}
					}
					tier.settle();
					assertThat(tier.tiers.memoryStats().bytes()).as(when).isBetween(0L, 60L * States.BYTES_PER_TOKEN);
					assertThat(files(KEY)).as(when).hasSizeLessThanOrEqualTo(20);
					assertThat(tier.tiers.diskStats().entries()).as(when).isEqualTo(files(KEY).size());
				}
				assertThat(tier.tiers.diskStats().corrupt()).isZero();
			}
		}

		assertThat(found).isGreaterThan(500);
	}

	/** The bytes with the checksum that a careful forger would give the header. */
	private static byte[] withHeaderChecksum(ByteBuffer bytes) {
		int headerBytes = bytes.capacity() - 3 * States.BYTES_PER_TOKEN;
		var crc = new CRC32C();
		crc.update(bytes.array(), 0, headerBytes - Integer.BYTES);
		return bytes.putInt(headerBytes - Integer.BYTES, (int) crc.getValue()).array();
	}

	private void writeOne() {
		try (var tier = new Tier(PLENTY, KEY, 0)) {
			states.put(tier.tiers, "", 1, 2, 3);
		}
	}

	private void assertRefused(Path file) {
		try (var tier = new Tier(PLENTY, KEY, 0)) {
			tier.settle();
			assertThat(tier.tiers.longest(new int[]{1}, 1, "")).isEmpty();
			assertThat(tier.tiers.diskStats().corrupt()).isEqualTo(1);
			assertThat(file).doesNotExist();
		}
	}

	private List<Path> files(KvStateKey key) throws IOException {
		try (var files = Files.list(root.resolve(key.folderName()))) {
			return files.toList();
		}
	}

	private static int shared(int[] a, int[] b) {
		return (int) IntStream.range(0, Math.min(a.length, b.length)).takeWhile(i -> a[i] == b[i]).count();
	}

	/** The tiers of one engine, on a disk of their own unless given one. */
	private final class Tier implements AutoCloseable {

		private final KvDisk disk;

		private final boolean ownDisk;

		private final KvTiers tiers;

		private Tier(KvDisk disk, KvStateKey key, int memoryTokens, boolean ownDisk) {
			this.disk = disk;
			this.ownDisk = ownDisk;
			this.tiers = new KvTiers((long) memoryTokens * States.BYTES_PER_TOKEN, disk.folder(key).orElseThrow(),
					clock);
		}

		Tier(KvDisk disk, KvStateKey key, int memoryTokens) {
			this(disk, key, memoryTokens, false);
		}

		Tier(long diskBytes, KvStateKey key, int memoryTokens) {
			this(KvDisk.open(root, diskBytes, PLENTY, clock).orElseThrow(), key, memoryTokens, true);
		}

		/** Waits until the writer has done what it was given, and takes that over. */
		void settle() {
			disk.filesIn(root);
			tiers.settle();
			disk.filesIn(root);
		}

		/** The tokens of the state found for these. */
		int[] load(String tenant, int... tokens) {
			return states.load(tiers.longest(tokens, tokens.length, tenant).orElseThrow()).orElseThrow();
		}

		/** Holds the writer up until the result is run. */
		Runnable blockWriter() {
			var go = new CountDownLatch(1);
			disk.onWriter(() -> assertThatNoException().isThrownBy(go::await));
			return go::countDown;
		}

		@Override
		public void close() {
			tiers.close(LONG);
			if (ownDisk) {
				disk.close();
			}
		}

	}

}
