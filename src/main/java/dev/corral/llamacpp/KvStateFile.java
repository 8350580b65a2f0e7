package dev.corral.llamacpp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

import dev.corral.llamacpp.internal.NativeBytes;

/**
 * The file of one sequence's state. All numbers are little-endian:
 *
 * <pre>
 * 8 bytes   "CORRALKV"
 * int       version, 1
 * int       bytes of the header, from the magic to its checksum
 * long      bytes of the payload, which follows the header and ends the file
 * int       CRC-32C of the payload
 * 32 bytes  digest of the {@link KvStateKey}
 * int, ...  length and UTF-16 code units of the tenant
 * int, ...  number of tokens and their ids
 * int       CRC-32C of the header before it
 * </pre>
 *
 * A file is named by a digest of tenant and tokens, so the same state has one file, and a file that took another's name is found out.
 * It is written under a temporary name and then renamed: what has the final name was complete once. Nothing forces it to the disk, so
 * that a power cut may leave a damaged one; the checksums tell.
 */
final class KvStateFile {

	static final String NAME = "[0-9a-f]{32}\\.kv";

	static final String TEMPORARY_NAME = "[0-9a-f]{32}\\.tmp";

	private static final byte[] MAGIC = "CORRALKV".getBytes(StandardCharsets.US_ASCII);

	private static final int VERSION = 1;

	private static final int PREFIX_BYTES = 28;

	private static final int DIGEST_BYTES = 32;

	/** With an empty tenant and no tokens. */
	private static final int LEAST_HEADER_BYTES = PREFIX_BYTES + DIGEST_BYTES + 3 * Integer.BYTES;

	/** Some 16 million tokens. */
	private static final int MOST_HEADER_BYTES = 64 << 20;

	private KvStateFile() {
	}

	/** How large the file of a state will be. */
	static long size(KvWrite write) {
		return headerBytes(write) + write.payload().size();
	}

	private static int headerBytes(KvWrite write) {
		return LEAST_HEADER_BYTES + write.tenant().length() * Character.BYTES + write.tokens().length * Integer.BYTES;
	}

	/** What the file of this state is called. */
	static String name(String tenant, int[] tokens) {
		var bytes = ByteBuffer
				.allocate(Integer.BYTES + tenant.length() * Character.BYTES + tokens.length * Integer.BYTES);
		putText(bytes, tenant);
		bytes.asIntBuffer().put(tokens);
		return HexFormat.of().formatHex(Sha256.create().digest(bytes.array()), 0, 16) + ".kv";
	}

	/**
	 * Writes a state's file in place of one that may be there.
	 *
	 * @throws KvWrite.WriteCancelled if it was cancelled meanwhile; nothing is left then, nor after any other failure
	 */
	static void write(Path file, KvStateKey key, KvWrite write) throws IOException {
		var temporary = file.resolveSibling(file.getFileName().toString().replace(".kv", ".tmp"));
		Files.deleteIfExists(temporary);
		try {
			try (var channel = OwnerOnly.createFile(temporary)) {
				channel.position(headerBytes(write));
				int crc = write.payload().writeTo(write.cancellable(channel));
				writeFully(channel, header(key, write, crc));
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		} finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static ByteBuffer header(KvStateKey key, KvWrite write, int payloadCrc) {
		var header = allocate(headerBytes(write));
		header.put(MAGIC).putInt(VERSION).putInt(header.capacity()).putLong(write.payload().size()).putInt(payloadCrc);
		header.put(key.digest());
		putText(header, write.tenant());
		header.putInt(write.tokens().length);
		for (int token : write.tokens()) {
			header.putInt(token);
		}
		return header.putInt(crc(header.array(), header.position())).flip();
	}

	/** Length and code units: unlike an encoding, that keeps all strings apart. */
	private static void putText(ByteBuffer bytes, String text) {
		bytes.putInt(text.length());
		text.chars().forEach(unit -> bytes.putChar((char) unit));
	}

	private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			channel.write(bytes, bytes.position());
		}
	}

	/**
	 * Reads what a file says about itself.
	 *
	 * @throws Damaged if it is not a sound file of this key
	 */
	static Header readHeader(Path file, KvStateKey key) throws IOException {
		try (var channel = open(file)) {
			return readHeader(file, channel, key);
		}
	}

	/**
	 * Reads a state.
	 *
	 * @return the caller's to close
	 * @throws Damaged if it is not a sound file of this key
	 * @throws OutOfMemoryError if there is no memory for it
	 */
	static NativeBytes read(Path file, KvStateKey key) throws IOException {
		try (var channel = open(file)) {
			var header = readHeader(file, channel, key);
			channel.position(header.bytes());
			return readPayload(channel, header);
		}
	}

	private static NativeBytes readPayload(FileChannel channel, Header header) throws IOException {
		var payload = NativeBytes.allocate(header.payloadBytes());
		try {
			if (payload.readFrom(channel) != header.payloadCrc()) {
				throw new Damaged("the payload does not have its checksum");
			}
			return payload;
		} catch (IOException | RuntimeException failed) {
			payload.close();
			throw failed;
		}
	}

	/** Links are not followed: they can lead anywhere. */
	private static FileChannel open(Path file) throws IOException {
		return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
	}

	private static Header readHeader(Path file, FileChannel channel, KvStateKey key) throws IOException {
		long size = channel.size();
		if (size < LEAST_HEADER_BYTES) {
			throw new Damaged("it has %d bytes, a header needs %d".formatted(size, LEAST_HEADER_BYTES));
		}
		var prefix = readFully(channel, PREFIX_BYTES);
		var magic = new byte[MAGIC.length];
		prefix.get(magic);
		int version = prefix.getInt();
		if (!Arrays.equals(magic, MAGIC) || version != VERSION) {
			throw new Damaged("it does not begin like a state of version " + VERSION);
		}
		int headerBytes = prefix.getInt();
		long payloadBytes = prefix.getLong();
		if (headerBytes < LEAST_HEADER_BYTES || headerBytes > MOST_HEADER_BYTES
				|| payloadBytes < 1 || payloadBytes != size - headerBytes) {
			throw new Damaged("header and payload should have %d and %d bytes, the file has %d".formatted(headerBytes,
					payloadBytes, size));
		}
		var header = readFully(channel, headerBytes);
		if (crc(header.array(), headerBytes - Integer.BYTES) != header.getInt(headerBytes - Integer.BYTES)) {
			throw new Damaged("the header does not have its checksum");
		}
		return parse(file, header.position(prefix.position()), payloadBytes, key);
	}

	/** What follows the lengths. The checksum was right, so only a file made on purpose can be wrong here. */
	private static Header parse(Path file, ByteBuffer header, long payloadBytes, KvStateKey key) throws Damaged {
		try {
			int payloadCrc = header.getInt();
			var digest = new byte[DIGEST_BYTES];
			header.get(digest);
			if (!key.hasDigest(digest)) {
				throw new Damaged("it belongs to another model, runtime or format");
			}
			var tenant = array(header, Character.BYTES).asCharBuffer().toString();
			var ids = array(header, Integer.BYTES).asIntBuffer();
			var tokens = new int[ids.remaining()];
			ids.get(tokens);
			if (tokens.length == 0 || header.remaining() != Integer.BYTES) {
				throw new Damaged("the header's lengths do not add up");
			}
			if (!file.endsWith(name(tenant, tokens))) {
				throw new Damaged("it is not the state that its name says");
			}
			return new Header(header.capacity(), tenant, tokens, payloadBytes, payloadCrc);
		} catch (BufferUnderflowException tooShort) {
			throw new Damaged("the header's lengths do not add up");
		}
	}

	/** An array with its length in front, which is compared with what is left. */
	private static ByteBuffer array(ByteBuffer header, int elementBytes) {
		int length = header.getInt();
		if (length < 0 || (long) length * elementBytes > header.remaining()) {
			throw new BufferUnderflowException();
		}
		var array = header.slice(header.position(), length * elementBytes).order(ByteOrder.LITTLE_ENDIAN);
		header.position(header.position() + array.capacity());
		return array;
	}

	/** The first bytes of the file, which has as many. */
	private static ByteBuffer readFully(FileChannel channel, int bytes) throws IOException {
		var buffer = allocate(bytes);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer, buffer.position()) < 0) {
				throw new EOFException("the file became shorter while it was read");
			}
		}
		return buffer.flip();
	}

	private static ByteBuffer allocate(int bytes) {
		return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

	private static int crc(byte[] bytes, int length) {
		var crc = new CRC32C();
		crc.update(bytes, 0, length);
		return (int) crc.getValue();
	}

	/**
	 * What a file says about itself.
	 *
	 * @param bytes of the header
	 */
	record Header(int bytes, String tenant, int[] tokens, long payloadBytes, int payloadCrc) {
	}

	/** A file is not what its name promises. */
	static final class Damaged extends IOException {

		Damaged(String problem) {
			super(problem);
		}

	}

}
