package dev.corral.catalog.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a GGUF file begins with.
 *
 * @param version 2 or 3; they differ in nothing that a little-endian reader sees
 */
record Header(int version, long tensors, long keys) {

	private static final int BYTES = 24;

	private static final String MAGIC = "GGUF";

	private static final int OLDEST_VERSION = 2;

	private static final int NEWEST_VERSION = 3;

	static Header read(GgufInput input) throws IOException {
		input.skip(MAGIC.length(), "the magic number");
		int version = input.readInt("the version");
		// A small number read in the wrong byte order has nothing in its lower half.
		if (version != 0 && (version & 0xffff) == 0) {
			throw new Flaw("it is big-endian, only little-endian files are supported");
		}
		if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
			throw Flaw.of("it has GGUF version %s, supported are %d and %d", Integer.toUnsignedString(version),
					OLDEST_VERSION, NEWEST_VERSION);
		}
		long tensors = count(input.readLong("the tensor count"), "tensors", TensorTable.MAX_TENSORS);
		long keys = count(input.readLong("the key count"), "metadata keys", MetadataReader.MAX_KEYS);
		return new Header(version, tensors, keys);
	}

	private static long count(long count, String what, long limit) {
		if (count < 0 || count > limit) {
			throw Flaw.of("it claims %s %s, the limit is %d", Long.toUnsignedString(count), what, limit);
		}
		return count;
	}

	/** Tells a GGUF file from the things that are often saved in its place. */
	static void checkMagic(Path file) throws IOException {
		String head;
		try (var stream = Files.newInputStream(file)) {
			head = new String(stream.readNBytes(64), StandardCharsets.ISO_8859_1);
		}
		var start = head.stripLeading().toLowerCase(Locale.ROOT);
		if (start.startsWith("<!doctype") || start.startsWith("<html")) {
			throw new Flaw("it looks like an HTML page, not the model; the download went wrong");
		}
		if (head.startsWith("version https://git-lfs")) {
			throw new Flaw("it looks like a Git LFS pointer, not the model; fetch the content with 'git lfs pull'");
		}
		if (head.startsWith("lmgg") || head.startsWith("fmgg") || head.startsWith("tjgg")) {
			throw new Flaw("it is in the GGML format that came before GGUF; convert it or take a GGUF file");
		}
		if (head.isEmpty()) {
			throw new Flaw("it is empty");
		}
		if (!head.startsWith(MAGIC) && head.length() >= MAGIC.length()) {
			throw Flaw.of("it begins with %s, not with '%s'", Flaw.quoted(head.substring(0, MAGIC.length())), MAGIC);
		}
		if (head.length() < BYTES) {
			throw Flaw.of("it is truncated: the header needs %d bytes, the file has %d", BYTES, head.length());
		}
	}

}
