package dev.corral.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ModelInfo;
import dev.corral.inference.ServedModel.State;
import dev.corral.inference.WorkStatistics;

/**
 * What a worker tells its gateways, {@code GET /worker/status}.
 *
 * @param version of the program; {@code null} if it was not started from a jar that tells it
 * @param startedAt tells one life of a worker from the next: counts begin anew
 * @param draining whether it takes nothing more
 */
public record WorkerReport(@Nullable String version, Instant startedAt, boolean draining, List<Model> models) {

	public WorkerReport {
		models = List.copyOf(models);
	}

	/**
	 * A model that it serves.
	 *
	 * @param state {@code loading}, {@code ready} or {@code failed}
	 * @param failure why it cannot be used; {@code null} if nothing went wrong
	 * @param fingerprint the same for the same vocabulary and weights; empty if nobody can tell
	 * @param engine {@code null} unless it is ready
	 */
	public record Model(String name, String state, @Nullable String failure, String fingerprint,
			@Nullable Engine engine) {

		static Model of(EmbeddedModel model) {
			var engine = model.engine();
			return new Model(model.name(), model.condition().name().toLowerCase(Locale.ROOT), model.complaint(),
					model.fingerprint(), engine == null ? null : Engine.of(engine));
		}

		/** {@code FAILED} for a word that this version does not know. */
		public State condition() {
			return switch (state) {
				case "loading" -> State.LOADING;
				case "ready" -> State.READY;
				default -> State.FAILED;
			};
		}

	}

	/** What an engine is and does; components as in {@link InferenceEngine}. */
	public record Engine(ModelInfo info, EngineLoad load, Work work, CacheStatistics cache, DraftStatistics drafts) {

		static Engine of(InferenceEngine engine) {
			return new Engine(engine.model(), engine.load(), Work.of(engine.work()), engine.cache(), engine.drafts());
		}

	}

	/** {@link WorkStatistics} with times in nanoseconds. */
	public record Work(long prefillTokens, long completionTokens, long prefillNanos, long decodeNanos) {

		static Work of(WorkStatistics work) {
			return new Work(work.prefillTokens(), work.completionTokens(), work.prefill().toNanos(),
					work.decode().toNanos());
		}

		public WorkStatistics statistics() {
			return new WorkStatistics(prefillTokens, completionTokens, Duration.ofNanos(prefillNanos),
					Duration.ofNanos(decodeNanos));
		}

	}

}
