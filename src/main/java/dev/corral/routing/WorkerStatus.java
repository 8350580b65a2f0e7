package dev.corral.routing;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ServedModel;
import dev.corral.inference.WorkStatistics;
import dev.corral.inference.Worker;

/** What a worker is doing; components as in {@link Worker}. */
public record WorkerStatus(String name, Worker.Kind kind, State state, Instant startedAt, int restarts,
		List<Model> models) {

	public static WorkerStatus of(Worker worker) {
		var models = worker.models().stream().map(Model::of).toList();
		return new WorkerStatus(worker.name(), worker.kind(), state(worker, models), worker.startedAt(),
				worker.restarts(), models);
	}

	/** A worker is as good as the best of its models, once it has tried to load all. */
	private static State state(Worker worker, List<Model> models) {
		if (worker.draining()) {
			return State.DRAINING;
		}
		var states = models.stream().map(Model::state).toList();
		if (states.contains(ServedModel.State.LOADING)) {
			return State.LOADING;
		}
		return states.contains(ServedModel.State.READY) || states.isEmpty() ? State.READY : State.FAILED;
	}

	/** {@code LOADING} while any model loads, {@code FAILED} if none can be used, {@code DRAINING} when it takes nothing more. */
	public enum State {

		LOADING, READY, FAILED, DRAINING

	}

	/**
	 * One of its models.
	 *
	 * @param failure why it cannot be used; {@code null} if it can, or still loads
	 * @param engine what its engine is doing; {@code null} without one
	 */
	public record Model(String name, ServedModel.State state, @Nullable String failure, @Nullable Engine engine) {

		static Model of(ServedModel model) {
			var engine = model.engine();
			return new Model(model.name(), model.condition(), model.complaint(),
					engine == null ? null : Engine.of(engine));
		}

	}

	/** What an engine tells of itself, as in {@link InferenceEngine}. */
	public record Engine(int contextTokens, EngineLoad load, WorkStatistics work, CacheStatistics cache,
			DraftStatistics drafts) {

		static Engine of(InferenceEngine engine) {
			return new Engine(engine.model().contextTokens(), engine.load(), engine.work(), engine.cache(),
					engine.drafts());
		}

	}

}
