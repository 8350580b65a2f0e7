package dev.corral.llamacpp;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.CacheStatistics;
import dev.corral.llamacpp.internal.NativeBytes;

/** Where what ended sequences left in the key-value cache is kept when the context needs its place. Belongs to the engine thread. */
interface StateStore extends AutoCloseable {

	/** Keeps nothing. */
	StateStore NONE = new StateStore() {

		@Override
		public boolean keeps(int tokens) {
			return false;
		}

		@Override
		public boolean outlivesEngine() {
			return false;
		}

		@Override
		public boolean holds(String tenant, int[] tokens) {
			return false;
		}

		@Override
		public @Nullable Found longest(String tenant, int[] tokens, int limit) {
			return null;
		}

		@Override
		public void missed() {
		}

		@Override
		public void put(String tenant, int[] tokens, NativeBytes state) {
			state.close();
		}

		@Override
		public void settle() {
		}

		@Override
		public CacheStatistics.Tier memoryStatistics() {
			return CacheStatistics.Tier.NONE;
		}

		@Override
		public CacheStatistics.Tier diskStatistics() {
			return CacheStatistics.Tier.NONE;
		}

		@Override
		public void close() {
		}

	};

	/** Whether a state of so many tokens is worth keeping. */
	boolean keeps(int tokens);

	/** Whether what it keeps will be there for the next engine of the same model. */
	boolean outlivesEngine();

	/** Whether these tokens are all there already. */
	boolean holds(String tenant, int[] tokens);

	/** The state that shares the longest prefix with these tokens, of which {@code limit} count; {@code null} if there is none. */
	@Nullable
	Found longest(String tenant, int[] tokens, int limit);

	/** A sequence began without a state from here. */
	void missed();

	/** Keeps a state, which becomes the store's to close. */
	void put(String tenant, int[] tokens, NativeBytes state);

	/** To be called now and then while nothing else is: takes over what was done in the background. */
	void settle();

	/** What it keeps in memory. Any thread may ask. */
	CacheStatistics.Tier memoryStatistics();

	/** What it keeps on disk. Any thread may ask. */
	CacheStatistics.Tier diskStatistics();

	/** Gives all memory back. What outlives the engine is in a safe place when this returns, or was too slow. */
	@Override
	void close();

	/** A state that was found; to be closed once it has been fetched. */
	interface Found extends AutoCloseable {

		/** Whose it is, as it was put. */
		String tenant();

		/** How many tokens it shares with those asked for. */
		int tokens();

		Progress progress();

		/** Gets it to where {@link #state} can have it at once, if it is not there, and holds it there. */
		void fetch();

		/** The state, when it is {@link Progress#READY}: fetches it if that has not been done. It stays the store's. */
		NativeBytes state();

		@Override
		void close();

	}

	/** How far a state is from being used. */
	enum Progress {

		/** It has to be fetched, and nobody does. */
		STORED,

		/** It is on its way. */
		FETCHING,

		/** It can be used. */
		READY,

		/** It could not be had. */
		LOST

	}

}
