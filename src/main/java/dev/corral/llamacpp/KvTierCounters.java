package dev.corral.llamacpp;

import java.util.concurrent.atomic.AtomicLong;

import dev.corral.inference.CacheStatistics;

/** What a tier holds and has done. Any thread may count and read. */
final class KvTierCounters {

	private final AtomicLong entries = new AtomicLong();

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicLong hits = new AtomicLong();

	private final AtomicLong misses = new AtomicLong();

	private final AtomicLong stored = new AtomicLong();

	private final AtomicLong evicted = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong corrupt = new AtomicLong();

	/** Notes that an entry of this size has come. */
	void added(long size) {
		entries.incrementAndGet();
		bytes.addAndGet(size);
	}

	/** Notes that an entry of this size is no longer here. */
	void removed(long size) {
		entries.decrementAndGet();
		bytes.addAndGet(-size);
	}

	void hit() {
		hits.incrementAndGet();
	}

	void miss() {
		misses.incrementAndGet();
	}

	void stored() {
		stored.incrementAndGet();
	}

	void evicted() {
		evicted.incrementAndGet();
	}

	void dropped() {
		dropped.incrementAndGet();
	}

	void corrupt() {
		corrupt.incrementAndGet();
	}

	CacheStatistics.Tier read() {
		return new CacheStatistics.Tier(entries.get(), bytes.get(), hits.get(), misses.get(), stored.get(),
				evicted.get(),
				dropped.get(), corrupt.get());
	}

}
