package dev.corral.llamacpp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.corral.inference.SamplingParameters.GREEDY;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Closing an engine gives its memory back. */
@Tag("native")
class NativeMemoryTests {

	private static final int ROUNDS = 40;

	/** The JVM's own compilers come and go by a few megabytes; forty leaked key-value caches would be over 90. */
	private static final long TOLERANCE_BYTES = 24L << 20;

	@EnabledOnOs(OS.LINUX)
	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void staysTheSameOverManyOpenedAndClosedEngines(NativeRuntime runtime) throws Throwable {
		openAndClose(runtime, ROUNDS / 4);
		long before = allocatedBytes();

		openAndClose(runtime, ROUNDS);

		assertThat(allocatedBytes() - before).isLessThan(TOLERANCE_BYTES);
		assertThat(mappings()).doesNotContain(NativeRuntime.CRIA.getFileName().toString());
	}

	private static void openAndClose(NativeRuntime runtime, int times) {
		for (int i = 0; i < times; i++) {
			try (var engine = runtime.cria(512, 2)) {
				Reply.of(engine.generate(Cria.ask(engine, "What is 2 + 3?", GREEDY)));
			}
		}
	}

	private static String mappings() throws IOException {
		return Files.readString(Path.of("/proc/self/maps"));
	}

	/** What {@code malloc} has handed out and not got back, of glibc's {@code struct mallinfo2}: uordblks and hblkhd. */
	private static long allocatedBytes() throws Throwable {
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

}
