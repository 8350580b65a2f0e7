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

	private static final long HUGE_PAGE_BYTES = 2 << 20;

	/** {@code MADV_HUGEPAGE} of Linux. */
	private static final int MADV_HUGEPAGE = 14;

	private static final MethodHandle ALIGNED_ALLOC = function("aligned_alloc",
			FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));

	/** {@code madvise} with huge pages, where that exists. */
	private static final @Nullable MethodHandle MADVISE = System.getProperty("os.name").equals("Linux")
			? function("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT))
			: null;

	private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ADDRESS));

	private NativeHeap() {
	}

	/**
	 * Memory of unknown content. Large blocks are asked for in huge pages: touching one for the first time in pages of 4 KiB takes longer
	 * than filling it. It does not count towards {@code MaxDirectMemorySize}; an arena's own would.
	 *
	 * @return of no known size; to be given to {@link #free}
	 * @throws OutOfMemoryError if there is none
	 */
	static MemorySegment allocate(long bytes) {
		long alignment = bytes < HUGE_PAGE_BYTES ? Long.BYTES : HUGE_PAGE_BYTES;
		long size = Math.ceilDiv(bytes, alignment) * alignment;
		var pointer = LlamaApi.call(() -> (MemorySegment) ALIGNED_ALLOC.invokeExact(alignment, size));
		if (pointer.equals(MemorySegment.NULL)) {
			throw new OutOfMemoryError("the system has no block of %d bytes".formatted(bytes));
		}
		var advise = MADVISE;
		if (advise != null && size >= HUGE_PAGE_BYTES) {
			// Only advice: where it is not taken the pages are small.
			LlamaApi.call(() -> (int) advise.invokeExact(pointer, size, MADV_HUGEPAGE));
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
