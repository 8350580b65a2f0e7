package dev.corral.llamacpp.internal;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

/**
 * A block of native memory outside of the heap's limits, also beyond 2 GiB, for what llama.cpp writes and reads in one piece. Any
 * thread may use it; who writes to it must be done before another reads. Using it after {@link #close} throws
 * {@link IllegalStateException}, and so does closing it while it is being written or read, or twice.
 */
public final class NativeBytes implements AutoCloseable {

	/** Copied and summed up in pieces that stay in the processor's cache. */
	private static final long PIECE_BYTES = 1 << 20;

	private final Arena arena;

	private final MemorySegment segment;

	private NativeBytes(Arena arena, MemorySegment segment) {
		this.arena = arena;
		this.segment = segment;
	}

	/**
	 * A block of unknown content.
	 *
	 * @param bytes at least 1
	 * @throws OutOfMemoryError if the system has no such block
	 */
	@SuppressWarnings("MustBeClosedChecker") // the arena becomes the object's and is closed with it
	public static NativeBytes allocate(long bytes) {
		if (bytes < 1) {
			throw new IllegalArgumentException("a block needs 1 byte or more, but %d were asked for".formatted(bytes));
		}
		var pointer = NativeHeap.allocate(bytes);
		var arena = Arena.ofShared();
		return new NativeBytes(arena, pointer.reinterpret(bytes, arena, NativeHeap::free));
	}

	public long size() {
		return segment.byteSize();
	}

	MemorySegment segment() {
		return segment;
	}

	/** Copies these bytes to a place in the block. */
	public void put(long offset, byte[] bytes) {
		MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, offset, bytes.length);
	}

	/** A copy of some bytes of the block. */
	public byte[] get(long offset, int length) {
		return segment.asSlice(offset, length).toArray(JAVA_BYTE);
	}

	/**
	 * Writes all of it.
	 *
	 * @return the CRC-32C of what was written
	 */
	public int writeTo(WritableByteChannel channel) throws IOException {
		var crc = new CRC32C();
		for (long offset = 0; offset < size(); offset += PIECE_BYTES) {
			var piece = segment.asSlice(offset, Math.min(PIECE_BYTES, size() - offset)).asByteBuffer();
			crc.update(piece.duplicate());
			while (piece.hasRemaining()) {
				channel.write(piece);
			}
		}
		return (int) crc.getValue();
	}

	/**
	 * Fills it.
	 *
	 * @return the CRC-32C of what was read
	 * @throws EOFException if the channel has less
	 */
	public int readFrom(ReadableByteChannel channel) throws IOException {
		var crc = new CRC32C();
		for (long offset = 0; offset < size(); offset += PIECE_BYTES) {
			var piece = segment.asSlice(offset, Math.min(PIECE_BYTES, size() - offset)).asByteBuffer();
			while (piece.hasRemaining()) {
				if (channel.read(piece) < 0) {
					throw new EOFException("%d bytes were expected, it ended after %d".formatted(size(),
							offset + piece.position()));
				}
			}
			crc.update(piece.flip());
		}
		return (int) crc.getValue();
	}

	@Override
	public void close() {
		arena.close();
	}

}
