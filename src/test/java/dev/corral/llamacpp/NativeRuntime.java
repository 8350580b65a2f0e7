package dev.corral.llamacpp;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.ModelSource;
import dev.corral.llamacpp.internal.LlamaRuntime;
import dev.corral.llamacpp.internal.RuntimeLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The native runtimes that the engine's tests run on, each loaded once per process. */
@SuppressWarnings("ImmutableEnumChecker") // a library is loaded when the first test wants it
enum NativeRuntime {

	BUNDLED {

		@Override
		LlamaRuntime load() {
			return RuntimeLoader.loadBundled();
		}

	},

	PACK {

		@Override
		LlamaRuntime load() {
			var packs = Path.of("target/llamacpp");
			assumeTrue(Files.isDirectory(packs.resolve("node_modules")), "the build could not fetch a runtime pack");
			var runtime = RuntimeLoader.load(null, packs);
			assertThat(runtime.library()).as("the pack must load, not the bundled library").startsWith(packs);
			return runtime;
		}

	};

	static final Path CRIA = Path.of("models/cria/cria-q8_0.gguf");

	private @Nullable LlamaRuntime loaded;

	abstract LlamaRuntime load();

	synchronized LlamaRuntime runtime() {
		if (loaded == null) {
			loaded = load();
		}
		return loaded;
	}

	/** Cria with this window and this many sequences. */
	LlamaCppEngine cria(int contextTokens, int sequences) {
		return cria(contextTokens, sequences, Settings.DEFAULT);
	}

	LlamaCppEngine cria(int contextTokens, int sequences, EngineSettings settings) {
		return cria(new ModelSource("cria", CRIA, contextTokens, sequences), settings, StateStore.NONE);
	}

	LlamaCppEngine cria(ModelSource source, EngineSettings settings, StateStore store) {
		return new LlamaCppEngine(source, runtime().open(CRIA), null, settings, store);
	}

}
