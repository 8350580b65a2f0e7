package dev.corral.llamacpp.internal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What this process occupies, in bytes; on Linux with glibc only.
 *
 * @param resident memory of the operating system ({@code VmRSS} of proc(5)), without what the Java heap has committed
 * @param data private writable mappings, used or not ({@code VmData}), without the Java heap
 * @param allocated what {@code malloc} has handed out and not got back
 * @param heap what the Java heap holds
 */
public record ProcessMemory(long resident, long data, long allocated, long heap) {

	/** How often the collector runs; references that it finds dead may let go of more. */
	private static final int COLLECTIONS = 3;

	/** After everything that nobody uses was given back. */
	public static ProcessMemory settled() throws Throwable {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		NativeHeap.trim();
		var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		return new ProcessMemory(status("VmRSS") - heap.getCommitted(), status("VmData") - heap.getCommitted(),
				allocatedBytes(), heap.getUsed());
	}

	/** Of glibc's {@code struct mallinfo2}: uordblks and hblkhd. */
	public static long allocatedBytes() throws Throwable {
		var linker = Linker.nativeLinker();
		var function = linker.defaultLookup().find("mallinfo2");
		assumeTrue(function.isPresent(), "the C library is not glibc");
		var struct = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));
		try (var arena = Arena.ofConfined()) {
			var info = (MemorySegment) linker.downcallHandle(function.get(), FunctionDescriptor.of(struct))
					.invokeExact((SegmentAllocator) arena);
			return info.getAtIndex(JAVA_LONG, 7) + info.getAtIndex(JAVA_LONG, 4);
		}
	}

	private static long status(String field) throws IOException {
		try (var lines = Files.lines(Path.of("/proc/self/status"))) {
			return lines.filter(line -> line.startsWith(field + ":"))
					.mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
					.findFirst()
					.orElseThrow();
		}
	}

}
