package dev.corral.cli.bench;

import java.nio.file.Path;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.corral.cli.model.EngineBeans;
import dev.corral.cli.model.ModelFile;
import dev.corral.cli.model.ModelUnusable;
import dev.corral.inference.EngineFactory;
import dev.corral.inference.EngineUnavailable;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelSource;
import dev.corral.template.ConversationTemplate;

/**
 * Loads one model as the server would, with the settings of {@code application.yml} and the environment, but without a server.
 *
 * @param threads compute threads, 0 for one per physical core
 * @param sequences most that run at once
 * @param contextTokens window of each sequence; {@code null} takes the trained one, up to {@value #USUAL_CONTEXT}
 */
record EngineLoader(Path file, int threads, int sequences, @Nullable Integer contextTokens) {

	private static final int USUAL_CONTEXT = 4096;

	/** A model that is ready, and how its conversations are written. */
	record Loaded(InferenceEngine engine, ConversationTemplate template) {
	}

	/**
	 * Loads the model, passes it on and closes it.
	 *
	 * @throws BenchFailed if it cannot be loaded
	 */
	<T> T with(Function<Loaded, T> use) {
		var model = read();
		int window = contextTokens != null ? contextTokens : Math.min(model.trainedContextTokens(), USUAL_CONTEXT);
		var source = new ModelSource(String.valueOf(file.getFileName()), file, window, sequences);
		try (var context = EngineBeans.start("--corral.engine.threads=" + threads);
				var engine = context.getBean(EngineFactory.class).open(source)) {
			return use.apply(new Loaded(engine, model.template()));
		} catch (EngineUnavailable unavailable) {
			throw new BenchFailed(String.valueOf(unavailable.getMessage()));
		}
	}

	private ModelFile read() {
		try {
			return ModelFile.read(file);
		} catch (ModelUnusable unusable) {
			throw new BenchFailed(String.valueOf(unusable.getMessage()));
		}
	}

}
