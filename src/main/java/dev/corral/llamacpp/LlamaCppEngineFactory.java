package dev.corral.llamacpp;

import java.io.File;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.stereotype.Component;

import dev.corral.inference.EngineFactory;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelSource;
import dev.corral.llamacpp.internal.LlamaRuntime;
import dev.corral.llamacpp.internal.RuntimeLoader;

/** Loads models into llama.cpp; the library itself is loaded with the first of them. */
@Component
final class LlamaCppEngineFactory implements EngineFactory {

	private static final Logger log = LoggerFactory.getLogger(LlamaCppEngineFactory.class);

	private final LlamaCppSettings settings;

	private final EngineSettings engineSettings;

	private @Nullable LlamaRuntime runtime;

	LlamaCppEngineFactory(LlamaCppSettings settings, EngineSettings engineSettings) {
		this.settings = settings;
		this.engineSettings = engineSettings;
	}

	@Override
	public InferenceEngine open(ModelSource source) {
		var model = runtime().open(source.file());
		return new LlamaCppEngine(source, model, engineSettings);
	}

	private synchronized LlamaRuntime runtime() {
		if (runtime == null) {
			runtime = RuntimeLoader.load(settings.library(), packsFolder());
			log.info("llama.cpp {} from {}; CPU features {}; devices {}; {} threads per model", runtime.build(),
					runtime.library(), runtime.cpuFeatures(), runtime.devices(), engineSettings.effectiveThreads());
		}
		return runtime;
	}

	/** {@code llamacpp} beside the jar; in a build tree that is {@code target/llamacpp}, where the build puts the pack. */
	private static Path packsFolder() {
		File source = new ApplicationHome(LlamaCppEngineFactory.class).getSource();
		var home = source == null ? Path.of("") : source.toPath().toAbsolutePath().getParent();
		return (home == null ? Path.of("") : home).resolve("llamacpp");
	}

}
