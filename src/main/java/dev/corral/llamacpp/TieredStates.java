package dev.corral.llamacpp;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.CacheStatistics;
import dev.corral.llamacpp.internal.NativeBytes;

/** Keeps states in the {@link KvTiers}. */
final class TieredStates implements StateStore {

	/** Shorter ones are computed again before anyone notices. */
	private static final int LEAST_TOKENS = Placement.WORTH_COPYING;

	/** How long the states in memory may take to get to the disk when the engine closes. */
	private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(10);

	private final KvTiers tiers;

	private final boolean memory;

	private final boolean disk;

	/**
	 * @param tiers this one's to close
	 * @param memory whether they keep states in memory
	 * @param disk whether they keep states on disk
	 */
	TieredStates(KvTiers tiers, boolean memory, boolean disk) {
		this.tiers = tiers;
		this.memory = memory;
		this.disk = disk;
	}

	@Override
	public boolean keeps(int tokens) {
		return (memory || disk) && tokens >= LEAST_TOKENS;
	}

	@Override
	public boolean outlivesEngine() {
		return disk;
	}

	@Override
	public boolean holds(String tenant, int[] tokens) {
		return tiers.covers(tokens, tokens.length, tenant);
	}

	@Override
	public @Nullable Found longest(String tenant, int[] tokens, int limit) {
		return tiers.longest(tokens, limit, tenant).map(match -> new FoundState(tiers, tenant, match)).orElse(null);
	}

	@Override
	public void missed() {
		tiers.missed();
	}

	@Override
	public void put(String tenant, int[] tokens, NativeBytes state) {
		tiers.put(tokens, tokens.length, tenant, state);
	}

	@Override
	public void settle() {
		tiers.settle();
	}

	@Override
	public CacheStatistics.Tier memoryStatistics() {
		return tiers.memoryStats();
	}

	@Override
	public CacheStatistics.Tier diskStatistics() {
		return tiers.diskStats();
	}

	@Override
	public void close() {
		tiers.close(FLUSH_TIMEOUT);
	}

	private static final class FoundState implements Found {

		private final KvTiers tiers;

		private final String tenant;

		private final KvMatch match;

		private @Nullable CompletableFuture<Optional<NativeBytes>> state;

		FoundState(KvTiers tiers, String tenant, KvMatch match) {
			this.tiers = tiers;
			this.tenant = tenant;
			this.match = match;
		}

		@Override
		public String tenant() {
			return tenant;
		}

		@Override
		public int tokens() {
			return match.length();
		}

		@Override
		public Progress progress() {
			if (state == null) {
				return match.inMemory() ? Progress.READY : Progress.STORED;
			}
			if (!state.isDone()) {
				return Progress.FETCHING;
			}
			tiers.settle();
			return state.join().isPresent() ? Progress.READY : Progress.LOST;
		}

		@Override
		public void fetch() {
			state = match.load();
		}

		@Override
		public NativeBytes state() {
			var fetched = state == null ? match.load() : state;
			state = fetched;
			return fetched.join().orElseThrow(() -> new IllegalStateException("the state was lost"));
		}

		@Override
		public void close() {
			match.close();
		}

	}

}
