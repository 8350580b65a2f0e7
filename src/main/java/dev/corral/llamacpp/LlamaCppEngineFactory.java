package dev.corral.llamacpp;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.stereotype.Component;

import dev.corral.inference.EngineFactory;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelSource;
import dev.corral.inference.TokenizerFactory;
import dev.corral.llamacpp.EngineSettings.Speculating;
import dev.corral.llamacpp.internal.LlamaRuntime;
import dev.corral.llamacpp.internal.NativeModel;
import dev.corral.llamacpp.internal.RuntimeLoader;

/** Loads models into llama.cpp; the library itself is loaded with the first of them. */
@Component
final class LlamaCppEngineFactory implements EngineFactory, TokenizerFactory, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(LlamaCppEngineFactory.class);

	private final LlamaCppSettings settings;

	private final EngineSettings engineSettings;

	private final KvTierSettings tierSettings;

	private @Nullable LlamaRuntime runtime;

	private @Nullable Optional<KvDisk> disk;

	LlamaCppEngineFactory(LlamaCppSettings settings, EngineSettings engineSettings, KvTierSettings tierSettings) {
		this.tierSettings = tierSettings;
		this.settings = settings;
		this.engineSettings = engineSettings;
	}

	@Override
	public InferenceEngine open(ModelSource source) {
		var used = runtime();
		var model = used.open(source.file());
		var draft = openDraft(source, used, model);
		return new LlamaCppEngine(source, model, draft, engineSettings, store(source, used, model.stateFormat()));
	}

	@Override
	public String fingerprint(ModelSource source) {
		try {
			return ModelFingerprint.of(source.file());
		} catch (IOException unreadable) {
			log.warn("Model {} cannot be told from others: {}", source.name(), unreadable.toString());
			return "";
		}
	}

	@Override
	@SuppressWarnings("MustBeClosedChecker") // the model becomes the tokenizer's and is closed with it
	public OpenTokenizer openTokenizer(Path file) {
		return new VocabularyOnly(runtime().openVocabulary(file));
	}

	private @Nullable NativeModel openDraft(ModelSource source, LlamaRuntime used, NativeModel model) {
		if (source.draft() == null) {
			return null;
		}
		if (engineSettings.speculation() == Speculating.OFF) {
			log.info("Model {} is served without its draft model, because corral.engine.speculation is off",
					source.name());
			return null;
		}
		NativeModel draft = null;
		try {
			draft = used.open(source.draft());
			DraftVocabulary.check(source.name(), model.vocabulary(), source.draft().toString(), draft.vocabulary());
			log.info("Model {} is drafted by {}: {}", source.name(), source.draft(), draft.description());
			return draft;
		} catch (RuntimeException | Error failed) {
			if (draft != null) {
				draft.close();
			}
			model.close();
			throw failed;
		}
	}

	private StateStore store(ModelSource source, LlamaRuntime used, String format) {
		var folder = disk().flatMap(open -> folder(open, source, used, format)).orElse(null);
		return new TieredStates(new KvTiers(tierSettings.ramBytes(), folder, InstantSource.system()),
				tierSettings.ramBytes() > 0, folder != null);
	}

	private static Optional<KvDiskFolder> folder(KvDisk disk, ModelSource source, LlamaRuntime used, String format) {
		try {
			return disk.folder(new KvStateKey(ModelFingerprint.of(source.file()), used.build(), format));
		} catch (IOException unreadable) {
			log.warn("Model {} keeps no states on disk: {}", source.name(), unreadable.toString());
			return Optional.empty();
		}
	}

	private synchronized Optional<KvDisk> disk() {
		if (disk == null) {
			disk = KvDisk.open(tierSettings);
		}
		return disk;
	}

	/** After the engines, which still write to the disk tier while they close. */
	@Override
	public synchronized void destroy() {
		if (disk != null) {
			disk.ifPresent(KvDisk::close);
		}
	}

	@Override
	public synchronized String runtimeInWords() {
		return runtime == null
				? ""
				: "llama.cpp %s, devices %s, %d threads".formatted(runtime.build(), runtime.devices(),
						engineSettings.effectiveThreads());
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
