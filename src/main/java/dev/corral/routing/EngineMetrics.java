package dev.corral.routing;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.ServedModel;
import dev.corral.inference.WorkStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of each model's engine, tagged {@code model}; {@code docs/metrics.md} lists them. A model that is not ready runs nothing, lets
 * nothing wait and has counted nothing.
 */
@Component
class EngineMetrics implements MeterBinder {

	private static final String TIER = "corral.engine.kv.tier.";

	private final Workers workers;

	/** The models whose meters each has. */
	private final Map<MeterRegistry, Set<String>> registries = new ConcurrentHashMap<>();

	EngineMetrics(Workers workers) {
		this.workers = workers;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		registries.put(registry, ConcurrentHashMap.newKeySet());
		bindNew();
	}

	/** Workers elsewhere may tell of models that nobody knew of at start-up. */
	@Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
	void bindNew() {
		for (var model : workers.all()) {
			registries.forEach((registry, bound) -> {
				if (bound.add(model.name())) {
					bind(registry, new Engine(workers, model.name()));
				}
			});
		}
	}

	private static void bind(MeterRegistry registry, Engine model) {
		var tags = Tags.of("model", model.name());
		bindLoad(new Meters<>(registry, model, tags, InferenceEngine::load));
		bindWork(new Meters<>(registry, model, tags, InferenceEngine::work));
		bindContext(new Meters<>(registry, model, tags, engine -> engine.cache().context()));
		bindDrafts(new Meters<>(registry, model, tags.and("source", "prompt-lookup"),
				engine -> engine.drafts().promptLookup()));
		bindDrafts(new Meters<>(registry, model, tags.and("source", "draft-model"),
				engine -> engine.drafts().draftModel()));
		bindTier(new Meters<>(registry, model, tags.and("tier", "memory"), engine -> engine.cache().memory()));
		var disk = new Meters<>(registry, model, tags.and("tier", "disk"), engine -> engine.cache().disk());
		bindTier(disk);
		disk.counter(TIER + "dropped", "states", "States that could not come into it",
				CacheStatistics.Tier::dropped);
		disk.counter(TIER + "corrupt", "files", "Files that were damaged or did not belong there",
				CacheStatistics.Tier::corrupt);
	}

	private static void bindLoad(Meters<EngineLoad> meters) {
		meters.gauge("corral.engine.sequences.running", null, "Sequences in prefill or decode", EngineLoad::running);
		meters.gauge("corral.engine.requests.waiting", null, "Admitted requests without a sequence",
				EngineLoad::waiting);
		meters.gauge("corral.engine.kv.use", null, "Part of the key-value cache that running sequences take up",
				EngineLoad::kvUse);
	}

	private static void bindWork(Meters<WorkStatistics> meters) {
		meters.counter("corral.engine.prefill", "tokens", "Prompt tokens that were computed",
				WorkStatistics::prefillTokens);
		meters.counter("corral.engine.completion", "tokens", "Tokens of replies", WorkStatistics::completionTokens);
		meters.counter("corral.engine.prefill.time", "seconds", "Time of the calls that computed prompts alone",
				work -> seconds(work.prefill()));
		meters.counter("corral.engine.decode.time", "seconds", "Time of the calls in which replies went on",
				work -> seconds(work.decode()));
	}

	private static double seconds(Duration time) {
		return time.toNanos() / 1e9;
	}

	private static void bindContext(Meters<CacheStatistics.Context> meters) {
		meters.gauge("corral.engine.cache.retained", "tokens", "Tokens of ended sequences in the key-value cache",
				CacheStatistics.Context::retainedTokens);
		meters.counter("corral.engine.cache.prompt", "tokens", "Prompt tokens of the sequences that have begun",
				CacheStatistics.Context::promptTokens);
		meters.counter("corral.engine.cache.cached", "tokens", "Prompt tokens that were not computed again",
				CacheStatistics.Context::cachedTokens);
		meters.counter("corral.engine.sequences.swapped", null, "Running sequences that had to make room",
				CacheStatistics.Context::swappedOut);
		meters.counter("corral.engine.sequences.resumed", null, "Swapped-out sequences that went on",
				CacheStatistics.Context::resumed);
		meters.counter("corral.engine.cache.slides", null, "How often cached tokens slid up in place of older ones",
				CacheStatistics.Context::slides);
	}

	private static void bindDrafts(Meters<DraftStatistics.Source> meters) {
		meters.counter("corral.engine.drafts.drafted", "tokens",
				"Tokens computed before it was known whether they come",
				DraftStatistics.Source::drafted);
		meters.counter("corral.engine.drafts.accepted", "tokens", "Drafted tokens that came",
				DraftStatistics.Source::accepted);
	}

	private static void bindTier(Meters<CacheStatistics.Tier> meters) {
		meters.gauge(TIER + "entries", "states", "States in the tier", CacheStatistics.Tier::entries);
		meters.gauge(TIER + "size", "bytes", "Size of the states in the tier", CacheStatistics.Tier::bytes);
		meters.counter(TIER + "hits", "states", "States that were taken from it", CacheStatistics.Tier::hits);
		meters.counter(TIER + "misses", "lookups", "Look-ups whose best match was not in it",
				CacheStatistics.Tier::misses);
		meters.counter(TIER + "stored", "states", "States that came into it", CacheStatistics.Tier::stored);
		meters.counter(TIER + "evicted", "states", "States that left it to make room", CacheStatistics.Tier::evicted);
	}

	/** Registers meters of one part of what an engine tells. */
	private record Meters<T>(MeterRegistry registry, Engine model, Tags tags,
			Function<InferenceEngine, T> part) {

		void gauge(String name, @Nullable String unit, String description, ToDoubleFunction<T> value) {
			Gauge.builder(name, () -> read(value)).baseUnit(unit).description(description)
					.tags(tags).register(registry);
		}

		void counter(String name, @Nullable String unit, String description, ToDoubleFunction<T> value) {
			FunctionCounter.builder(name, model.workers(), _ -> read(value)).baseUnit(unit)
					.description(description).tags(tags).register(registry);
		}

		private double read(ToDoubleFunction<T> value) {
			var engine = model.now();
			return engine == null ? 0 : value.applyAsDouble(part.apply(engine));
		}

	}

	/** A model's engine, whichever it is at the time. */
	private record Engine(Workers workers, String name) {

		@Nullable
		InferenceEngine now() {
			return workers.all().stream().filter(model -> model.name().equals(name)).findFirst()
					.map(ServedModel::engine).orElse(null);
		}

	}

}
