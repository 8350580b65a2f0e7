package dev.corral.llamacpp;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ModelFingerprintTests {

	/** Larger than what is read as a whole; takes no space on the disk. */
	private static final long LARGE = ModelFingerprint.HEAD_BYTES + (1L << 30) + 5;

	@TempDir
	private Path folder;

	@Test
	void isTheSameWhereverTheFileLies() throws IOException {
		var copy = Files.copy(NativeRuntime.CRIA, folder.resolve("copy.gguf"));

		assertThat(ModelFingerprint.of(copy)).isEqualTo(ModelFingerprint.of(NativeRuntime.CRIA))
				.matches("[0-9a-f]{64}");
	}

	@Test
	void changesWithEachByteOfASmallModel() throws IOException {
		var content = Files.readAllBytes(NativeRuntime.CRIA);
		var original = ModelFingerprint.of(NativeRuntime.CRIA);

		for (int position : new int[]{0, content.length / 2, content.length - 1}) {
			content[position] ^= 1;
			assertThat(ModelFingerprint.of(Files.write(folder.resolve("changed"), content))).isNotEqualTo(original);
			content[position] ^= 1;
		}
	}

	@Test
	void changesWithTheSizeTheBeginningTheEndAndSamplesOfALargeModel() throws IOException {
		var original = ModelFingerprint.of(large(LARGE, -1));

		assertThat(ModelFingerprint.of(large(LARGE, -1))).isEqualTo(original);
		assertThat(ModelFingerprint.of(large(LARGE + 1, -1))).isNotEqualTo(original);
		assertThat(ModelFingerprint.of(large(LARGE, ModelFingerprint.HEAD_BYTES - 1))).isNotEqualTo(original);
		assertThat(ModelFingerprint.of(large(LARGE, LARGE - 1))).isNotEqualTo(original);
		long distance = (LARGE - ModelFingerprint.HEAD_BYTES) / ModelFingerprint.SAMPLES;
		assertThat(ModelFingerprint.of(large(LARGE, ModelFingerprint.HEAD_BYTES + 500 * distance)))
				.isNotEqualTo(original);
	}

	/** A file of zeros with a one at a position, or none if that is negative. */
	private Path large(long size, long position) throws IOException {
		var path = folder.resolve("large");
		Files.deleteIfExists(path);
		try (var file = new RandomAccessFile(path.toFile(), "rw")) {
			file.setLength(size);
			if (position >= 0) {
				file.seek(position);
				file.write(1);
			}
		}
		return path;
	}

}
