package dev.corral.llamacpp;

import java.util.LinkedHashSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The states in memory in the order of their last use, and the account of their bytes. Belongs to the engine thread. */
final class KvMemory {

	private final long budgetBytes;

	private final LinkedHashSet<KvEntry> byUse = new LinkedHashSet<>();

	private final KvTierCounters counters = new KvTierCounters();

	private long bytes;

	/**
	 * @param budgetBytes most bytes to keep, 0 for none
	 */
	KvMemory(long budgetBytes) {
		this.budgetBytes = budgetBytes;
	}

	KvTierCounters counters() {
		return counters;
	}

	/** Whether a state of this size could ever stay. */
	boolean fits(long size) {
		return size <= budgetBytes;
	}

	boolean holds(KvEntry entry) {
		return byUse.contains(entry);
	}

	/** Takes an entry with its payload in, as the one used last. */
	void add(KvEntry entry) {
		if (byUse.add(entry)) {
			bytes += size(entry);
			counters.added(size(entry));
			counters.stored();
		}
	}

	/** Takes it out before its payload goes; one that is not here is left alone. */
	void remove(KvEntry entry) {
		if (byUse.remove(entry)) {
			bytes -= size(entry);
			counters.removed(size(entry));
		}
	}

	/** Takes it out to make room. */
	void evict(KvEntry entry) {
		remove(entry);
		counters.evicted();
	}

	void touch(KvEntry entry) {
		if (byUse.remove(entry)) {
			byUse.add(entry);
		}
	}

	/** The one to go next, while there is too much. Entries that are used stay, even where that is too much. */
	@Nullable
	KvEntry excess() {
		return bytes <= budgetBytes
				? null
				: byUse.stream().filter(KvEntry::unused).findFirst().orElse(null);
	}

	/** The one used last first. */
	List<KvEntry> newestFirst() {
		return List.copyOf(byUse.reversed());
	}

	private static long size(KvEntry entry) {
		return entry.payload == null ? 0 : entry.payload.size();
	}

}
