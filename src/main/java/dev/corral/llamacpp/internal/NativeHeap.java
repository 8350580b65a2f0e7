package dev.corral.llamacpp.internal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

import org.jspecify.annotations.Nullable;

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

	private NativeHeap() {
	}

	/** Gives memory that nothing uses back to the operating system. */
	static void trim() {
		var trim = TRIM;
		if (trim != null) {
			LlamaApi.call(() -> (int) trim.invokeExact(0L));
		}
	}

}
