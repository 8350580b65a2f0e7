package dev.corral.cli.bench;

import java.nio.file.Path;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;

import dev.corral.catalog.gguf.GgufFile;
import dev.corral.catalog.gguf.GgufReader;
import dev.corral.catalog.gguf.InvalidGguf;
import dev.corral.inference.EngineFactory;
import dev.corral.inference.EngineUnavailable;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelSource;
import dev.corral.template.ConversationTemplate;
import dev.corral.template.ConversationTemplates;
import dev.corral.template.ModelHints;

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
		var gguf = read();
		int window = contextTokens != null
				? contextTokens
				: Math.min(gguf.hyperparameters().contextTokens(), USUAL_CONTEXT);
		var source = new ModelSource(String.valueOf(file.getFileName()), file, window, sequences);
		try (var context = new SpringApplicationBuilder(EngineAlone.class).web(WebApplicationType.NONE)
				.bannerMode(Banner.Mode.OFF).logStartupInfo(false).registerShutdownHook(false)
				.run("--corral.engine.threads=" + threads, "--logging.level.root=warn");
				var engine = context.getBean(EngineFactory.class).open(source)) {
			return use.apply(new Loaded(engine, template(gguf)));
		} catch (EngineUnavailable unavailable) {
			throw new BenchFailed(String.valueOf(unavailable.getMessage()));
		}
	}

	private GgufFile read() {
		try {
			return GgufReader.read(file);
		} catch (InvalidGguf invalid) {
			throw new BenchFailed(String.valueOf(invalid.getMessage()));
		}
	}

	private ConversationTemplate template(GgufFile gguf) {
		var vocabulary = gguf.vocabulary();
		return new ConversationTemplates().choose(new ModelHints(String.valueOf(gguf.name()), gguf.architecture(),
				gguf.chatTemplate(), vocabulary.bosToken(), vocabulary.eosToken(), vocabulary.addsBos()));
	}

	/** The beans of the engine and their settings, found by name: nobody may use that module's types. */
	@ComponentScan("dev.corral.llamacpp")
	@ConfigurationPropertiesScan("dev.corral.llamacpp")
	static class EngineAlone {
	}

}
