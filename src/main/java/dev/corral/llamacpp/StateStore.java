package dev.corral.llamacpp;

import org.jspecify.annotations.Nullable;

import dev.corral.llamacpp.internal.NativeBytes;

/** Where what ended sequences left in the key-value cache is kept when the context needs its place. Belongs to the engine thread. */
interface StateStore {

	/** Keeps nothing. */
	StateStore NONE = new StateStore() {

		@Override
		public boolean keeps(int tokens) {
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
		public void put(String tenant, int[] tokens, NativeBytes state) {
			state.close();
		}

	};

	/** Whether a state of so many tokens is worth keeping. */
	boolean keeps(int tokens);

	/** Whether these tokens are all there already. */
	boolean holds(String tenant, int[] tokens);

	/** The state that shares the longest prefix with these tokens, of which {@code limit} count; {@code null} if there is none. */
	@Nullable
	Found longest(String tenant, int[] tokens, int limit);

	/** Keeps a state, which becomes the store's to close. */
	void put(String tenant, int[] tokens, NativeBytes state);

	/** A stored state. */
	interface Found {

		/** How many tokens it shares with those asked for. */
		int tokens();

		/** Whether {@link #state} has it at once; after {@link #fetch} it will some time, or the state is lost and not found again. */
		boolean ready();

		/** Whether it is being read. */
		boolean fetching();

		/** Begins to read it from where it is. */
		void fetch();

		/** The state, which stays the store's and is valid until the store is used again. */
		NativeBytes state();

	}

}
