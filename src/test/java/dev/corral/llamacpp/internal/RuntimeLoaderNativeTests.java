package dev.corral.llamacpp.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.corral.inference.EngineUnavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Tag("native")
class RuntimeLoaderNativeTests {

	private static final Path PACKS = Path.of("target/llamacpp");

	@TempDir
	Path folder = Path.of("");

	@Test
	void prefersARuntimePackToTheBundledLibrary() {
		assumeTrue(Files.isDirectory(PACKS.resolve("node_modules")), "the build could not fetch a runtime pack");

		var runtime = RuntimeLoader.load(null, PACKS);

		assertThat(runtime.build()).startsWith("0.5.0");
		assertThat(runtime.devices()).isNotEmpty();
		assertThat(runtime.cpuFeatures()).isNotBlank();
	}

	@Test
	void fallsBackToTheBundledLibrary() {
		var runtime = RuntimeLoader.load(null, folder.resolve("nothing-here"));

		assertThat(runtime.build()).isEqualTo("b4916");
		assertThat(runtime.devices()).singleElement().asString().startsWith("CPU");
	}

	@Test
	void passesOverAPackThatDoesNotLoad() throws IOException {
		Files.writeString(folder.resolve("libllama.so"), "not a library");

		assertThat(RuntimeLoader.load(null, folder).build()).isEqualTo("b4916");
	}

	@Test
	void neverReplacesAConfiguredLibrary() throws IOException {
		var broken = Files.writeString(folder.resolve("libllama.so"), "not a library");

		assertThatThrownBy(() -> RuntimeLoader.load(broken, PACKS)).isInstanceOf(EngineUnavailable.class)
				.hasMessageContainingAll("The llama.cpp library", broken.toString(), "cannot be used");
		assertThatThrownBy(() -> RuntimeLoader.load(folder.resolve("missing"), PACKS))
				.isInstanceOf(EngineUnavailable.class)
				.hasMessageContaining("there is no such file or folder");
		Files.delete(broken);
		assertThatThrownBy(() -> RuntimeLoader.load(folder, PACKS)).isInstanceOf(EngineUnavailable.class)
				.hasMessageContaining("holds no llama.cpp library for " + LibraryFiles.platform());
	}

	@Test
	void refusesALibraryWhoseDefaultsAreNotTheKnownOnes() {
		assertThatThrownBy(() -> LlamaApi.expect("n_ctx", 512, 0)).isInstanceOf(EngineUnavailable.class)
				.hasMessage(
						"the llama.cpp library does not have the expected binary interface: the default of n_ctx is 0 instead of 512");
	}

	@Test
	void sendsTheLibrarysLogToSlf4j() {
		var logger = (Logger) LoggerFactory.getLogger("llama.cpp");
		var level = logger.getLevel();
		var lines = new ListAppender<ILoggingEvent>();
		lines.start();
		logger.addAppender(lines);
		logger.setLevel(Level.INFO);
		try (var model = RuntimeLoader.loadBundled().open(Path.of("models/cria/cria-q8_0.gguf"))) {
			assertThat(model.description()).contains("Q8_0");
		} finally {
			logger.setLevel(level);
			logger.detachAppender(lines);
		}

		assertThat(lines.list).anySatisfy(line -> {
			assertThat(line.getLevel()).isEqualTo(Level.INFO);
			assertThat(line.getFormattedMessage()).contains("n_ctx_train").doesNotContain("\n");
		});
	}

	@Test
	void saysWhyAModelDoesNotLoad() throws IOException {
		var text = Files.writeString(folder.resolve("model.gguf"), "GGUF? No.");

		assertThatThrownBy(() -> RuntimeLoader.loadBundled().open(text)).isInstanceOf(EngineUnavailable.class)
				.hasMessageContainingAll("b4916 could not load", text.toString());
	}

}
