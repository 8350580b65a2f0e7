package dev.corral.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.EngineFactory;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelSource;
import dev.corral.inference.ServedModel;

/** One model of this worker. Loaded and closed by one thread each, read by any. */
final class EmbeddedModel implements ServedModel {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedModel.class);

	/** Of a path from the root on, all but its last name. */
	private static final Pattern FOLDERS = Pattern
			.compile("(?<![\\p{Alnum}._/\\\\-])(?:[A-Za-z]:)?(?:[/\\\\][^\\s/\\\\'\":,;]+)*[/\\\\](?=[^\\s/\\\\])");

	private final ModelSource source;

	private final Instant since = Instant.now();

	private volatile Life life = new Life(State.LOADING, null, null, "");

	EmbeddedModel(ModelSource source) {
		this.source = source;
	}

	/** Blocks until the model is ready or failed. Throws nothing: one broken model must not keep the next from loading. */
	void load(EngineFactory factory) {
		var start = System.nanoTime();
		try {
			var engine = factory.open(source);
			life = new Life(State.READY, engine, null, factory.fingerprint(source));
			log.info("Model '{}' is ready after {} ms: {}", name(),
					Duration.ofNanos(System.nanoTime() - start).toMillis(), engine.model().description());
		} catch (RuntimeException | Error failure) {
			// An Error too: a missing native symbol is a LinkageError.
			life = new Life(State.FAILED, null, withoutFolders(String.valueOf(failure.getMessage())), "");
			log.error("Model '{}' could not be loaded from {}", name(), source.file(), failure);
		}
	}

	/** Clients are told why it failed, and need not know where files are on this machine; the log says it. */
	private String withoutFolders(String text) {
		var known = Stream.of(source.file(), source.draft()).filter(Objects::nonNull)
				.reduce(text, (told, file) -> told.replace(file.toString(), String.valueOf(file.getFileName())),
						(one, _) -> one);
		return FOLDERS.matcher(known).replaceAll("");
	}

	void close() {
		var engine = engine();
		if (engine != null) {
			engine.close();
		}
	}

	@Override
	public String name() {
		return source.name();
	}

	@Override
	public Instant since() {
		return since;
	}

	@Override
	public State state() {
		return life.state();
	}

	@Override
	public @Nullable InferenceEngine engine() {
		return life.engine();
	}

	@Override
	public @Nullable String failure() {
		return life.failure();
	}

	/** As in {@link EngineFactory#fingerprint}; empty until it is ready. */
	String fingerprint() {
		return life.fingerprint();
	}

	/** State, engine and failure change together, so that no reader sees half a change. */
	private record Life(State state, @Nullable InferenceEngine engine, @Nullable String failure, String fingerprint) {
	}

}
