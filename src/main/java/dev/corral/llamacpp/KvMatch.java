package dev.corral.llamacpp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.corral.llamacpp.internal.NativeBytes;

/**
 * The state that a prompt can go on from best. Belongs to the engine thread; to be closed there when it was used, or when nobody
 * wants it any more. One that was never loaded need not be closed.
 */
final class KvMatch implements AutoCloseable {

	private final KvTiers tiers;

	private final KvEntry entry;

	private final int length;

	private boolean pinned;

	KvMatch(KvTiers tiers, KvEntry entry, int length) {
		this.tiers = tiers;
		this.entry = entry;
		this.length = length;
	}

	/** How many tokens the prompt and the state share from the first, at least 1; what is beyond must be cut off the sequence. */
	int length() {
		return length;
	}

	/** How many tokens the state covers, at least {@link #length}. */
	int stateTokens() {
		return entry.length;
	}

	/** Whether {@link #load} has it at once. */
	boolean inMemory() {
		return entry.payload != null;
	}

	/**
	 * Gets the state: a future that is complete if it is in memory, otherwise one that completes on the disk's reader thread. It never
	 * fails; with nothing, the state could not be had and the prompt must be computed. The bytes are the tiers', to be read only, and
	 * stay until {@link #close}. Further calls do the same again.
	 */
	CompletableFuture<Optional<NativeBytes>> load() {
		boolean first = !pinned;
		pinned = true;
		return tiers.load(entry, first);
	}

	/** Lets go of the state; idempotent. While it is being loaded, that goes on and the memory is given back when it is done. */
	@Override
	public void close() {
		if (pinned) {
			pinned = false;
			tiers.release(entry);
		}
	}

}
