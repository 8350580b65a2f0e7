package dev.corral.llamacpp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Tells models apart by content, wherever their files lie: the SHA-256 over a file's size, its beginning and samples of the rest.
 *
 * <p>The first {@value #HEAD_BYTES} bytes take in the header, the metadata and the tensor table of every GGUF file in use (the largest
 * vocabularies make some 20 MB), and small models as a whole. Of the rest, {@value #SAMPLES} blocks of {@value #SAMPLE_BYTES} bytes at
 * even distances are read, the last one at the very end. So it takes the same fraction of a second for 100 GB as for 1 GB. Files of the
 * same size that differ between the samples alone would be taken for the same model: fine-tuning changes all large tensors, but an edit
 * of a few weights by hand can hide there.
 */
final class ModelFingerprint {

	static final int HEAD_BYTES = 32 << 20;

	static final int SAMPLES = 1024;

	static final int SAMPLE_BYTES = 4096;

	private ModelFingerprint() {
	}

	/** Reads the file on the calling thread; 64 hexadecimal digits. */
	static String of(Path model) throws IOException {
		try (var channel = FileChannel.open(model)) {
			long size = channel.size();
			var sha = Sha256.create();
			sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
			long head = Math.min(size, HEAD_BYTES);
			var buffer = ByteBuffer.allocate(1 << 20);
			for (long position = 0; position < head; position += buffer.capacity()) {
				update(sha, channel, position, buffer.limit((int) Math.min(buffer.capacity(), head - position)));
			}
			sampleRest(sha, channel, head, size, buffer);
			return HexFormat.of().formatHex(sha.digest());
		}
	}

	private static void sampleRest(MessageDigest sha, FileChannel channel, long head, long size, ByteBuffer buffer)
			throws IOException {
		long last = Math.max(head, size - SAMPLE_BYTES);
		for (int sample = 1; sample <= SAMPLES && head < size; sample++) {
			long position = head + (last - head) * sample / SAMPLES;
			update(sha, channel, position, buffer.limit((int) Math.min(SAMPLE_BYTES, size - position)));
		}
	}

	private static void update(MessageDigest sha, FileChannel channel, long position, ByteBuffer buffer)
			throws IOException {
		buffer.position(0);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer, position + buffer.position()) < 0) {
				throw new EOFException("the model file became shorter while it was read");
			}
		}
		sha.update(buffer.flip());
	}

}
