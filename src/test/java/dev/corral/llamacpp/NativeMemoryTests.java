package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.corral.inference.ModelSource;
import dev.corral.llamacpp.EngineSettings.Speculating;
import dev.corral.llamacpp.internal.ProcessMemory;

import static dev.corral.inference.SamplingParameters.GREEDY;
import static org.assertj.core.api.Assertions.assertThat;

/** Closing an engine gives its memory back, that of its draft model too. */
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
		long before = ProcessMemory.allocatedBytes();

		openAndClose(runtime, ROUNDS);

		assertThat(ProcessMemory.allocatedBytes() - before).isLessThan(TOLERANCE_BYTES);
		assertThat(mappings()).doesNotContain(NativeRuntime.CRIA.getFileName().toString());
	}

	private static void openAndClose(NativeRuntime runtime, int times) {
		for (int i = 0; i < times; i++) {
			var draft = i % 2 == 0 ? null : runtime.runtime().open(NativeRuntime.CRIA);
			try (var engine = new LlamaCppEngine(new ModelSource("cria", NativeRuntime.CRIA, 512, 2),
					runtime.runtime().open(NativeRuntime.CRIA), draft, Settings.withSpeculation(1, Speculating.AUTO),
					StateStore.NONE)) {
				Reply.of(engine.generate(Cria.ask(engine, "What is 2 + 3?", GREEDY)));
				engine.embed(List.of(engine.tokenizer().tokenizeWhole("What is 2 + 3?"))).block();
			}
		}
	}

	private static String mappings() throws IOException {
		return Files.readString(Path.of("/proc/self/maps"));
	}

}
