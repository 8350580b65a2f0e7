package dev.corral.routing;

import java.util.Collection;

import dev.corral.inference.CacheStatistics;
import dev.corral.inference.CacheStatistics.Context;
import dev.corral.inference.CacheStatistics.Tier;
import dev.corral.inference.DraftStatistics;
import dev.corral.inference.EngineLoad;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.WorkStatistics;

/** What several engines tell of themselves, as one. */
record Totals(EngineLoad load, CacheStatistics cache, WorkStatistics work, DraftStatistics drafts) {

	static final Totals NONE = new Totals(new EngineLoad(0, 0, 0), CacheStatistics.NONE, WorkStatistics.NONE,
			DraftStatistics.NONE);

	static Totals of(InferenceEngine engine) {
		return new Totals(engine.load(), engine.cache(), engine.work(), engine.drafts());
	}

	static Totals of(Collection<Replica> replicas) {
		return replicas.stream().map(replica -> of(replica.engine())).reduce(NONE, Totals::plus);
	}

	Totals plus(Totals other) {
		return new Totals(
				sum(load, other.load),
				new CacheStatistics(sum(cache.context(), other.cache.context()),
						sum(cache.memory(), other.cache.memory()), sum(cache.disk(), other.cache.disk())),
				new WorkStatistics(work.prefillTokens() + other.work.prefillTokens(),
						work.completionTokens() + other.work.completionTokens(),
						work.prefill().plus(other.work.prefill()), work.decode().plus(other.work.decode())),
				new DraftStatistics(sum(drafts.promptLookup(), other.drafts.promptLookup()),
						sum(drafts.draftModel(), other.drafts.draftModel())));
	}

	/** Each engine's use of its cache counts by its sequences. */
	private static EngineLoad sum(EngineLoad one, EngineLoad other) {
		int sequences = one.sequences() + other.sequences();
		double used = one.kvUse() * one.sequences() + other.kvUse() * other.sequences();
		return new EngineLoad(one.running() + other.running(), one.waiting() + other.waiting(), sequences,
				sequences == 0 ? 0 : used / sequences);
	}

	/** What stays of them when the engines have gone: their counts. */
	Totals counts() {
		return new Totals(NONE.load,
				new CacheStatistics(cache.context().emptied(), emptied(cache.memory()), emptied(cache.disk())), work,
				drafts);
	}

	private static Context sum(Context one, Context other) {
		return new Context(one.retainedTokens() + other.retainedTokens(), one.promptTokens() + other.promptTokens(),
				one.cachedTokens() + other.cachedTokens(), one.swappedOut() + other.swappedOut(),
				one.resumed() + other.resumed(), one.slides() + other.slides());
	}

	private static Tier sum(Tier one, Tier other) {
		return new Tier(one.entries() + other.entries(), one.bytes() + other.bytes(), one.hits() + other.hits(),
				one.misses() + other.misses(), one.stored() + other.stored(), one.evicted() + other.evicted(),
				one.dropped() + other.dropped(), one.corrupt() + other.corrupt());
	}

	private static Tier emptied(Tier tier) {
		return new Tier(0, 0, tier.hits(), tier.misses(), tier.stored(), tier.evicted(), tier.dropped(),
				tier.corrupt());
	}

	private static DraftStatistics.Source sum(DraftStatistics.Source one, DraftStatistics.Source other) {
		return new DraftStatistics.Source(one.drafted() + other.drafted(), one.accepted() + other.accepted());
	}

}
