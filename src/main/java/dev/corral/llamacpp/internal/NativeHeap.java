package dev.corral.llamacpp.internal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

import org.jspecify.annotations.Nullable;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * The C library's heap. glibc keeps what is freed in a pool per thread, so the caches of closed engines would stay with the process
 * until each pool has grown to its largest use.
 */
final class NativeHeap {

	/** {@code malloc_trim} of glibc; other C libraries give memory back by themselves and have none. */
	private static final @Nullable MethodHandle TRIM = Linker.nativeLinker()
			.defaultLookup()
			.find("malloc_trim")
			.map(address -> Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(JAVA_INT, JAVA_LONG)))
			.orElse(null);

	private static final MethodHandle CALLOC = function("calloc",
			FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));

	private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ADDRESS));

	private NativeHeap() {
	}

	/**
	 * Memory that reads as zeros. Large blocks come from the operating system as they are touched and are not filled first, and they
	 * do not count towards {@code MaxDirectMemorySize}; an arena's own would.
	 *
	 * @return of no known size; to be given to {@link #free}
	 * @throws OutOfMemoryError if there is none
	 */
	static MemorySegment allocate(long bytes) {
		var pointer = LlamaApi.call(() -> (MemorySegment) CALLOC.invokeExact(1L, bytes));
		if (pointer.equals(MemorySegment.NULL)) {
			throw new OutOfMemoryError("the system has no block of %d bytes".formatted(bytes));
		}
		return pointer;
	}

	static void free(MemorySegment pointer) {
		LlamaApi.call(() -> {
			FREE.invokeExact(pointer);
			return true;
		});
	}

	/** Gives memory that nothing uses back to the operating system. */
	static void trim() {
		var trim = TRIM;
		if (trim != null) {
			LlamaApi.call(() -> (int) trim.invokeExact(0L));
		}
	}

	private static MethodHandle function(String name, FunctionDescriptor descriptor) {
		var address = Linker.nativeLinker().defaultLookup().findOrThrow(name);
		return Linker.nativeLinker().downcallHandle(address, descriptor);
	}

}
