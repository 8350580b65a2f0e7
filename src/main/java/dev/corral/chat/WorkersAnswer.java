package dev.corral.chat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.WorkStatistics;
import dev.corral.routing.WorkerStatus;

/** What the workers of this server are doing. Counts only ever grow while an engine lives, so the difference of two answers is a rate. */
record WorkersAnswer(List<Worker> workers, Server server) {

	static WorkersAnswer of(List<WorkerStatus> workers, Server server) {
		return new WorkersAnswer(workers.stream().map(Worker::of).toList(), server);
	}

	private static String id(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/** Components as in {@link WorkerStatus}. */
	record Worker(String name, String kind, String state, List<Model> models, Instant startedAt, int restarts) {

		static Worker of(WorkerStatus worker) {
			return new Worker(worker.name(), id(worker.kind()), id(worker.state()),
					worker.models().stream().map(Model::of).toList(), worker.startedAt(), worker.restarts());
		}

	}

	/** Components as in {@link WorkerStatus.Model}; what an engine tells is {@code null} without one. */
	record Model(String name, String state, @Nullable String failure, @Nullable Integer contextTokens,
			@Nullable Integer running, @Nullable Integer waiting, @Nullable Integer sequences, @Nullable Work work,
			@Nullable Cache cache, @Nullable DraftStatistics drafts) {

		static Model of(WorkerStatus.Model model) {
			var engine = model.engine();
			return engine == null
					? new Model(model.name(), id(model.state()), model.failure(), null, null, null, null, null, null,
							null)
					: of(model, engine, engine.load());
		}

		private static Model of(WorkerStatus.Model model, WorkerStatus.Engine engine, EngineLoad load) {
			return new Model(model.name(), id(model.state()), model.failure(), engine.contextTokens(), load.running(),
					load.waiting(), load.sequences(), Work.of(engine.work()), Cache.of(engine.cache()),
					engine.drafts());
		}

	}

	/** {@link WorkStatistics} with times in milliseconds. */
	record Work(long prefillTokens, long completionTokens, long prefillMillis, long decodeMillis) {

		static Work of(WorkStatistics work) {
			return new Work(work.prefillTokens(), work.completionTokens(), work.prefill().toMillis(),
					work.decode().toMillis());
		}

	}

	/** {@link CacheStatistics} with the context's own numbers first. */
	record Cache(@JsonUnwrapped CacheStatistics.Context context, CacheStatistics.Tier memory,
			CacheStatistics.Tier disk) {

		static Cache of(CacheStatistics cache) {
			return new Cache(cache.context(), cache.memory(), cache.disk());
		}

	}

	/**
	 * The process that answers.
	 *
	 * @param version {@code null} if it was not started from a jar that tells it
	 * @param heapMaxBytes -1 if there is no limit
	 * @param runningReplies replies of stored conversations that it writes
	 */
	record Server(@Nullable String version, long uptimeSeconds, long heapUsedBytes, long heapMaxBytes,
			int runningReplies) {
	}

}
