package dev.corral.upstream;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.catalog.CatalogModel;
import dev.corral.inference.EngineUnavailable;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.ServedModel;
import dev.corral.upstream.Wire.Target;
import dev.corral.worker.WorkerReport;

/** A model of a worker elsewhere. Changed by the worker's looks, one at a time; read by any thread. */
final class RemoteModel implements ServedModel {

	private static final Logger log = LoggerFactory.getLogger(RemoteModel.class);

	private final CatalogModel model;

	private final String upstreamName;

	private final Wire wire;

	private final Tokenizers tokenizers;

	private final Instant since = Instant.now();

	private volatile Life life = new Life(State.LOADING, null, null);

	/** @param upstreamName what the worker calls it */
	RemoteModel(CatalogModel model, String upstreamName, Wire wire, Tokenizers tokenizers) {
		this.model = model;
		this.upstreamName = upstreamName;
		this.wire = wire;
		this.tokenizers = tokenizers;
	}

	/** What the worker calls it. */
	String upstreamName() {
		return upstreamName;
	}

	/** What the worker tells of it; {@code null} if it does not know the model. May block while the vocabulary is opened. */
	void saw(WorkerReport.@Nullable Model report) {
		if (report == null) {
			end("its worker does not have it", new Life(State.FAILED, null, "Its worker does not serve this model."));
			return;
		}
		switch (report.condition()) {
			case READY -> ready(report);
			case LOADING, UNREACHABLE -> end("its worker loads it anew", new Life(State.LOADING, null, null));
			case FAILED -> end("its worker has failed", new Life(State.FAILED, null, report.failure() == null
					? "Its worker does not say why."
					: report.failure()));
		}
	}

	private void ready(WorkerReport.Model report) {
		var seen = report.engine();
		if (seen == null) {
			return;
		}
		if (life.engine() instanceof RemoteEngine engine && engine.serving()) {
			engine.seen(seen);
			return;
		}
		if (life.state() == State.FAILED && report.fingerprint().equals(life.refused())) {
			return;
		}
		life = begin(report, seen);
	}

	private Life begin(WorkerReport.Model report, WorkerReport.Engine seen) {
		try {
			var known = tokenizers.of(model);
			if (!report.fingerprint().isEmpty() && !known.fingerprint().isEmpty()
					&& !report.fingerprint().equals(known.fingerprint())) {
				log.error("Model '{}' of a worker is another one than that of this server's file {}", name(),
						model.source().file());
				return new Life(State.FAILED, null, "Its worker serves another file under this name.",
						report.fingerprint());
			}
			var told = seen.info();
			var info = new ModelInfo(name(), told.description(), told.vocabularyTokens(), told.contextTokens(),
					told.trainedContextTokens(), told.parameters(), told.embeddingDimensions());
			return new Life(State.READY,
					new RemoteEngine(wire, new Target(upstreamName, info, known.tokenizer()), seen), null);
		} catch (EngineUnavailable unavailable) {
			log.error("The vocabulary of model '{}' cannot be opened", name(), unavailable);
			return new Life(State.FAILED, null, "Its vocabulary cannot be opened.", report.fingerprint());
		}
	}

	/** The worker does not answer. */
	void lost(String reason) {
		end(reason, new Life(State.UNREACHABLE, null, null));
	}

	private void end(String reason, Life next) {
		var last = life;
		life = next;
		if (last.engine() != null) {
			last.engine().lose(reason);
		}
	}

	@Override
	public String name() {
		return model.name();
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

	/**
	 * State, engine and failure change together, so that no reader sees half a change.
	 *
	 * @param refused the fingerprint of what this server will not use, whenever it is offered; {@code null} for nothing
	 */
	private record Life(State state, @Nullable RemoteEngine engine, @Nullable String failure,
			@Nullable String refused) {

		Life(State state, @Nullable RemoteEngine engine, @Nullable String failure) {
			this(state, engine, failure, null);
		}

	}

}
