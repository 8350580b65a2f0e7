package dev.corral.routing;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.FakeEngine;
import dev.corral.inference.FakeServedModel;
import dev.corral.inference.FakeWorker;
import dev.corral.inference.ServedModel;
import dev.corral.inference.WorkStatistics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class EngineMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void tellsTheLoadOfEachModel() {
		var engine = new FakeEngine("ready", 64);
		var models = List.of(FakeServedModel.ready(engine), FakeServedModel.loading("slow"));
		new EngineMetrics(Routers.workers(FakeWorker.serving(models.toArray(ServedModel[]::new)))).bindTo(registry);

		engine.load(new EngineLoad(2, 3, 4));

		assertThat(gauge("corral.engine.sequences.running", "ready")).isEqualTo(2);
		assertThat(gauge("corral.engine.requests.waiting", "ready")).isEqualTo(3);
		assertThat(gauge("corral.engine.sequences.running", "slow")).isZero();
	}

	@Test
	void tellsWhatEachModelHasCached() {
		var engine = new FakeEngine("ready", 64);
		var models = List.of(FakeServedModel.ready(engine), FakeServedModel.loading("slow"));
		new EngineMetrics(Routers.workers(FakeWorker.serving(models.toArray(ServedModel[]::new)))).bindTo(registry);

		engine.cache(new CacheStatistics(new CacheStatistics.Context(1, 2, 3, 4, 5, 6), CacheStatistics.Tier.NONE,
				CacheStatistics.Tier.NONE));

		assertThat(gauge("corral.engine.cache.retained", "ready")).isEqualTo(1);
		assertThat(counter("corral.engine.cache.prompt", "ready")).isEqualTo(2);
		assertThat(counter("corral.engine.cache.cached", "ready")).isEqualTo(3);
		assertThat(counter("corral.engine.sequences.swapped", "ready")).isEqualTo(4);
		assertThat(counter("corral.engine.sequences.resumed", "ready")).isEqualTo(5);
		assertThat(counter("corral.engine.cache.slides", "ready")).isEqualTo(6);
		assertThat(counter("corral.engine.cache.prompt", "slow")).isZero();
	}

	@Test
	void tellsWhatEachModelHasComputed() {
		var engine = new FakeEngine("ready", 64);
		new EngineMetrics(Routers.workers(FakeWorker.serving(FakeServedModel.ready(engine)))).bindTo(registry);

		engine.work(new WorkStatistics(1, 2, Duration.ofMillis(1500), Duration.ofSeconds(4)));

		assertThat(counter("corral.engine.prefill", "ready")).isEqualTo(1);
		assertThat(counter("corral.engine.completion", "ready")).isEqualTo(2);
		assertThat(counter("corral.engine.prefill.time", "ready")).isEqualTo(1.5);
		assertThat(counter("corral.engine.decode.time", "ready")).isEqualTo(4);
	}

	@Test
	void tellsWhatEachModelHasDraftedBySource() {
		var engine = new FakeEngine("ready", 64);
		var models = List.of(FakeServedModel.ready(engine));
		new EngineMetrics(Routers.workers(FakeWorker.serving(models.toArray(ServedModel[]::new)))).bindTo(registry);

		engine.drafts(new DraftStatistics(new DraftStatistics.Source(4, 3), new DraftStatistics.Source(8, 5)));

		assertThat(drafts("prompt-lookup")).containsExactly(4.0, 3.0);
		assertThat(drafts("draft-model")).containsExactly(8.0, 5.0);
	}

	@Test
	void tellsWhatEachTierHoldsAndHasDone() {
		var engine = new FakeEngine("ready", 64);
		var models = List.of(FakeServedModel.ready(engine));
		new EngineMetrics(Routers.workers(FakeWorker.serving(models.toArray(ServedModel[]::new)))).bindTo(registry);

		engine.cache(new CacheStatistics(CacheStatistics.Context.NONE,
				new CacheStatistics.Tier(11, 12, 13, 14, 15, 16, 0, 0),
				new CacheStatistics.Tier(21, 22, 23, 24, 25, 26, 27, 28)));

		assertThat(tier("memory")).containsExactly(11.0, 12.0, 13.0, 14.0, 15.0, 16.0);
		assertThat(tier("disk")).containsExactly(21.0, 22.0, 23.0, 24.0, 25.0, 26.0);
		assertThat(counter("corral.engine.kv.tier.dropped", "ready")).isEqualTo(27);
		assertThat(counter("corral.engine.kv.tier.corrupt", "ready")).isEqualTo(28);
	}

	private List<Double> drafts(String source) {
		return Stream.of("drafted", "accepted")
				.map(name -> registry.get("corral.engine.drafts." + name).tag("source", source).functionCounter()
						.count())
				.toList();
	}

	private List<Double> tier(String tier) {
		var gauges = Stream.of("entries", "size")
				.map(name -> registry.get("corral.engine.kv.tier." + name).tag("tier", tier).gauge().value());
		var counters = Stream.of("hits", "misses", "stored", "evicted")
				.map(name -> registry.get("corral.engine.kv.tier." + name).tag("tier", tier).functionCounter().count());
		return Stream.concat(gauges, counters).toList();
	}

	private double counter(String name, String model) {
		return registry.get(name).tag("model", model).functionCounter().count();
	}

	private double gauge(String name, String model) {
		return registry.get(name).tag("model", model).gauge().value();
	}

}
