package dev.corral.catalog.gguf;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import com.sun.management.ThreadMXBean;

import static org.assertj.core.api.Assertions.assertThat;

class GgufReaderFuzzTests {

	private static final Path CRIA = Path.of("models/cria/cria-q8_0.gguf");

	/** Header, metadata and tensor table of Cria end before this. */
	private static final int PREAMBLE_BYTES = 49_779;

	private static final int MUTATIONS = 2_000;

	private static final long MAX_BYTES_PER_READ = 16 << 20;

	private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@TempDir
	Path directory;

	@Test
	@Timeout(120)
	void acceptsOrRefusesWhateverTheBytesAreAndStaysSmall() throws IOException {
		long seed = Long.getLong("corral.test.seed", System.nanoTime());
		LoggerFactory.getLogger(getClass()).info("Seed {}; repeat with -Dcorral.test.seed={}", seed, seed);
		var random = new Random(seed);
		var sound = Files.readAllBytes(CRIA);
		var path = Files.write(directory.resolve("mutated.gguf"), sound);
		int refused = 0;

		try (var file = new RandomAccessFile(path.toFile(), "rw")) {
			for (int i = 0; i < MUTATIONS; i++) {
				mutate(file, random);
				refused += refuses(path, seed, i) ? 1 : 0;
				file.setLength(sound.length);
				file.seek(0);
				file.write(sound, 0, PREAMBLE_BYTES);
			}
		}

		assertThat(refused).as("refused with seed %d", seed).isBetween(MUTATIONS / 10, MUTATIONS - 1);
	}

	/** Most of the preamble is vocabulary; half of the changes go to where the structure is dense. */
	private static void mutate(RandomAccessFile file, Random random) throws IOException {
		if (random.nextInt(10) == 0) {
			file.setLength(random.nextInt(PREAMBLE_BYTES * 2));
			return;
		}
		for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
			int position = switch (random.nextInt(4)) {
				case 0 -> random.nextInt(1_200);
				case 1 -> 45_000 + random.nextInt(PREAMBLE_BYTES - 45_000);
				default -> random.nextInt(PREAMBLE_BYTES);
			};
			file.seek(position);
			switch (random.nextInt(3)) {
				case 0 -> file.write(random.nextInt(256));
				case 1 -> file.write(random.nextBoolean() ? 0xff : 0);
				default -> file.writeLong(random.nextLong() >> random.nextInt(64));
			}
		}
	}

	private boolean refuses(Path path, long seed, int mutation) {
		long before = thread.getCurrentThreadAllocatedBytes();
		try {
			GgufReader.read(path);
			return false;
		} catch (InvalidGguf expected) {
			return true;
		} catch (RuntimeException | Error unexpected) {
			throw new AssertionError("mutation %d of seed %d".formatted(mutation, seed), unexpected);
		} finally {
			assertThat(thread.getCurrentThreadAllocatedBytes() - before)
					.as("bytes allocated by mutation %d of seed %d", mutation, seed).isLessThan(MAX_BYTES_PER_READ);
		}
	}

}
