package dev.corral.llamacpp.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A block of native memory with an owner, who closes it. */
public final class NativeBytes implements AutoCloseable {

	private final Arena arena;

	private final MemorySegment segment;

	private NativeBytes(Arena arena, MemorySegment segment) {
		this.arena = arena;
		this.segment = segment;
	}

	@SuppressWarnings("MustBeClosedChecker")
	public static NativeBytes allocate(long size) {
		var arena = Arena.ofShared();
		return new NativeBytes(arena, arena.allocate(size, 64));
	}

	public long size() {
		return segment.byteSize();
	}

	public ByteBuffer buffer() {
		return segment.asByteBuffer();
	}

	MemorySegment segment() {
		return segment;
	}

	@Override
	public void close() {
		arena.close();
	}

}
