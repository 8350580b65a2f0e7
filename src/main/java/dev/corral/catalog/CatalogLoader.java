package dev.corral.catalog;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

import dev.corral.catalog.CatalogSettings.ModelDefaults;
import dev.corral.catalog.gguf.GgufFile;
import dev.corral.catalog.gguf.GgufReader;
import dev.corral.catalog.gguf.InvalidGguf;
import dev.corral.inference.ModelSource;
import dev.corral.template.ConversationTemplate;
import dev.corral.template.ConversationTemplates;
import dev.corral.template.ModelHints;
import dev.corral.template.TemplateFailed;

/**
 * Turns a model's settings into an entry of the catalog: finds its file, checks it, and chooses context and template.
 *
 * @param memory physical memory of this machine
 */
record CatalogLoader(ModelFiles files, ConversationTemplates templates, ModelDefaults defaults, DataSize memory) {

	private static final Logger log = LoggerFactory.getLogger(CatalogLoader.class);

	/**
	 * @throws ModelRefused if the model cannot be served with these settings
	 */
	CatalogModel load(String name, ModelSettings settings) {
		var file = read(name, settings);
		var draft = readDraft(name, settings);
		var source = source(name, settings, file).withDraft(draft == null ? null : draft.path());
		var cache = keyValueCache(source, file, draft);
		var model = new CatalogModel(source, file.architecture(), template(name, settings, file), card(name, file));
		log.info("Model {}: {}, {} {}, {} context tokens, {} sequences, {} MiB key-value cache, template {}", name,
				file.path(), file.architecture(), file.quantization(), source.contextTokens(), source.sequences(),
				cache.toMegabytes(), model.template().name());
		if (draft != null) {
			log.info("Model {}: drafts by {}, {} {}", name, draft.path(), draft.architecture(), draft.quantization());
		}
		return model;
	}

	private static ModelCard card(String name, GgufFile file) {
		try {
			return ModelCard.of(file);
		} catch (IOException unreadable) {
			throw refused(name, unreadable.getMessage() + ".", "Look after the file %s.".formatted(file.path()),
					unreadable);
		}
	}

	private ModelSource source(String name, ModelSettings settings, GgufFile file) {
		int contextTokens = contextTokens(name, settings, file);
		int sequences = settings.sequences() != null ? settings.sequences() : defaults.sequences();
		var cacheTokens = settings.cacheTokens();
		if (cacheTokens == null) {
			return new ModelSource(name, file.path(), contextTokens, sequences);
		}
		if (cacheTokens < contextTokens) {
			var property = CatalogSettings.property(name);
			throw refused(name, "%s.cache-tokens is %d, but one sequence may hold %d.".formatted(property, cacheTokens,
					contextTokens), "Raise it, or lower %s.context-tokens.".formatted(property), null);
		}
		return new ModelSource(name, file.path(), contextTokens, sequences, cacheTokens);
	}

	private GgufFile read(String name, ModelSettings settings) {
		var property = CatalogSettings.property(name);
		var remedy = "Point %s at the GGUF file of a model, for example --%s=/models/vicuna-7b-v1.5.Q4_K_M.gguf, or remove the entry with --%s=."
				.formatted(property, property, property);
		if (settings.file() == null) {
			throw refused(name, property + ".file is missing.", remedy, null);
		}
		return read(name, settings.file(), "", remedy);
	}

	private @Nullable GgufFile readDraft(String name, ModelSettings settings) {
		var location = settings.draft();
		return location == null || location.isBlank()
				? null
				: read(name, location, "its draft model: ",
						"Point %s.draft at the GGUF file of a smaller model with the same vocabulary, or leave it out."
								.formatted(CatalogSettings.property(name)));
	}

	/** @param what put before what is wrong with the file */
	private GgufFile read(String name, String location, String what, String remedy) {
		try {
			return GgufReader.read(resolve(location));
		} catch (InvalidGguf invalid) {
			throw refused(name, what + invalid.getMessage(), remedy, invalid);
		} catch (IOException | InvalidPathException failure) {
			throw refused(name, what + failure.getMessage() + ".", remedy, failure);
		}
	}

	private Path resolve(String location) throws IOException {
		return files.resolve(location.strip());
	}

	private int contextTokens(String name, ModelSettings settings, GgufFile file) {
		int trained = file.hyperparameters().contextTokens();
		var configured = settings.contextTokens();
		if (configured == null) {
			return Math.min(trained, defaults.contextTokens());
		}
		if (configured > trained) {
			log.warn("Model {} is served with {} context tokens but was trained with {}; replies beyond that degrade",
					name, configured, trained);
		}
		return configured;
	}

	/** The most that the caches of the model and its draft take once all sequences are full; the engine allocates it up front. */
	private DataSize keyValueCache(ModelSource source, GgufFile file, @Nullable GgufFile draft) {
		long bytes = keyValueCacheBytes(source, file, source.contextTokens());
		long draftBytes = draft == null
				? 0
				: keyValueCacheBytes(source, draft,
						Math.min(source.contextTokens(), draft.hyperparameters().contextTokens()));
		var cache = DataSize.ofBytes(draftBytes > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + draftBytes);
		if (cache.compareTo(memory) > 0) {
			var property = CatalogSettings.property(source.name());
			throw refused(source.name(),
					"its key-value cache for %d sequences of %d tokens needs %d MiB, this machine has %d MiB of memory."
							.formatted(source.sequences(), source.contextTokens(), cache.toMegabytes(),
									memory.toMegabytes()),
					"Lower %s.context-tokens or %s.sequences.".formatted(property, property), null);
		}
		return cache;
	}

	/** For sequences of so many tokens; larger than any memory if it overflows. */
	private static long keyValueCacheBytes(ModelSource source, GgufFile file, int window) {
		long perToken = file.hyperparameters().kvCacheBytesPerToken();
		long tokens = Math.min(source.cacheTokens(), Math.multiplyFull(window, source.sequences()));
		boolean overflows = Math.multiplyHigh(perToken, tokens) != 0 || perToken * tokens < 0;
		return overflows ? Long.MAX_VALUE : perToken * tokens;
	}

	private ConversationTemplate template(String name, ModelSettings settings, GgufFile file) {
		var chosen = settings.template();
		var property = CatalogSettings.property(name) + ".template";
		if (chosen != null && !templates.names().contains(chosen)) {
			throw refused(name, "the conversation template '%s' does not exist.".formatted(chosen),
					"Set %s to one of %s, or leave it out.".formatted(property, String.join(", ", templates.names())),
					null);
		}
		try {
			return chosen != null ? templates.named(chosen) : templates.choose(hints(name, file));
		} catch (TemplateFailed failed) {
			throw refused(name, String.valueOf(failed.getMessage()), "Choose a template with " + property + ".",
					failed);
		}
	}

	/** Which family a model belongs to shows in its configured name, its own name or the name of its file. */
	private static ModelHints hints(String name, GgufFile file) {
		var names = Stream.of(name, file.name(), file.path().getFileName()).filter(Objects::nonNull)
				.map(part -> part.toString().replaceFirst("\\.gguf$", "")).distinct().collect(Collectors.joining(" "));
		var vocabulary = file.vocabulary();
		return new ModelHints(names, file.architecture(), file.chatTemplate(), vocabulary.bosToken(),
				vocabulary.eosToken(), vocabulary.addsBos());
	}

	private static ModelRefused refused(String name, String problem, String remedy,
			@Nullable Throwable cause) {
		return new ModelRefused("The model '%s' cannot be served: %s".formatted(name, problem), remedy, cause);
	}

}
