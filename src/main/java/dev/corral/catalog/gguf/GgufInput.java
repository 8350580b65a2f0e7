package dev.corral.catalog.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file's little-endian values in order. Every claim about a length is compared with what the file still has before
 * anything is allocated or skipped.
 */
final class GgufInput implements AutoCloseable {

	/**
	 * Header, metadata and tensor table together. The largest vocabularies in use (262 144 tokens with merges) take some
	 * 20 MiB; the limit bounds the time and memory that a hostile file can cost.
	 */
	static final long MAX_PREAMBLE_BYTES = 256L << 20;

	private final SeekableByteChannel channel;

	private final long size;

	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).limit(0);

	/** Position in the file of the buffer's first byte. */
	private long bufferStart;

	GgufInput(Path file) throws IOException {
		channel = Files.newByteChannel(file);
		size = channel.size();
	}

	long size() {
		return size;
	}

	long position() {
		return bufferStart + buffer.position();
	}

	long remaining() {
		return size - position();
	}

	int readInt(String what) throws IOException {
		fill(Integer.BYTES, what);
		return buffer.getInt();
	}

	long readLong(String what) throws IOException {
		fill(Long.BYTES, what);
		return buffer.getLong();
	}

	byte readByte(String what) throws IOException {
		fill(1, what);
		return buffer.get();
	}

	short readShort(String what) throws IOException {
		fill(Short.BYTES, what);
		return buffer.getShort();
	}

	/** A string's bytes as ISO-8859-1 characters, so that different bytes stay different. */
	String readRaw(long maxBytes, String what) throws IOException {
		return readRawOf((int) readLength(maxBytes, what), what);
	}

	String readRawOf(int length, String what) throws IOException {
		require(length, what);
		var bytes = new byte[length];
		for (int read = 0; read < bytes.length;) {
			fill(1, what);
			int part = Math.min(buffer.remaining(), bytes.length - read);
			buffer.get(bytes, read, part);
			read += part;
		}
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	String readText(long maxBytes, String what) throws IOException {
		return utf8(readRaw(maxBytes, what));
	}

	/** The length that a string begins with; the file is known to have that many bytes. */
	long readLength(long maxBytes, String what) throws IOException {
		long length = readLong("the length of " + what);
		if (length < 0 || length > maxBytes) {
			throw Flaw.of("%s claims %s bytes, the limit is %d", what, Long.toUnsignedString(length), maxBytes);
		}
		require(length, what);
		return length;
	}

	void skip(long bytes, String what) throws IOException {
		require(bytes, what);
		if (bytes <= buffer.remaining()) {
			buffer.position(buffer.position() + (int) bytes);
			return;
		}
		bufferStart = position() + bytes;
		channel.position(bufferStart);
		buffer.limit(0);
	}

	private void require(long bytes, String what) {
		if (bytes > remaining()) {
			throw Flaw.of("it is truncated or damaged: %s needs %d bytes at byte %d, the file has %d left", what, bytes,
					position(), remaining());
		}
		if (position() + bytes > MAX_PREAMBLE_BYTES) {
			throw Flaw.of("its metadata goes on beyond %d bytes, the limit", MAX_PREAMBLE_BYTES);
		}
	}

	private void fill(int bytes, String what) throws IOException {
		require(bytes, what);
		if (buffer.remaining() >= bytes) {
			return;
		}
		bufferStart = position();
		buffer.compact();
		while (buffer.position() < bytes) {
			if (channel.read(buffer) < 0) {
				throw new Flaw("it became shorter while it was read");
			}
		}
		buffer.flip();
	}

	static String utf8(String raw) {
		return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}

}
