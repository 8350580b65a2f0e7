package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.corral.inference.SamplingParameters.GREEDY;
import static org.assertj.core.api.Assertions.assertThat;

/** Closing an engine gives its memory back. */
@Tag("native")
class NativeMemoryTests {

	private static final int ROUNDS = 40;

	/** Half of what leaking nothing but the weights would come to; leaking caches would be far more. */
	private static final long TOLERANCE_KIB = ROUNDS * 3_300 / 2;

	@EnabledOnOs(OS.LINUX)
	@ParameterizedTest
	@EnumSource(NativeRuntime.class)
	void staysTheSameOverManyOpenedAndClosedEngines(NativeRuntime runtime) throws IOException {
		openAndClose(runtime, ROUNDS / 2);
		long before = residentKib();

		openAndClose(runtime, ROUNDS);

		assertThat(residentKib() - before).isLessThan(TOLERANCE_KIB);
	}

	private static void openAndClose(NativeRuntime runtime, int times) {
		for (int i = 0; i < times; i++) {
			try (var engine = runtime.cria(512, 2)) {
				Reply.of(engine.generate(Cria.ask(engine, "What is 2 + 3?", GREEDY)));
			}
		}
	}

	private static long residentKib() throws IOException {
		System.gc();
		return Files.readAllLines(Path.of("/proc/self/status"))
				.stream()
				.filter(line -> line.startsWith("VmRSS:"))
				.mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
				.findFirst()
				.orElseThrow();
	}

}
