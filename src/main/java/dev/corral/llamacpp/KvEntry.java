package dev.corral.llamacpp;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.corral.llamacpp.internal.NativeBytes;

/**
 * A sequence's state in the tiers: in memory, on disk, on its way from one to the other, or in both. Plain data that {@link KvTiers}
 * keeps in order; belongs to the engine thread.
 */
final class KvEntry {

	final String tenant;

	/** How many tokens it covers. */
	final int length;

	/** Its place in the index; kept when it was dropped, but of no use then. */
	private TokenRadixTree.@Nullable Entry<KvEntry> place;

	/** The state in memory. */
	@Nullable
	NativeBytes payload;

	/** The state on disk. */
	KvDiskFiles.@Nullable Stored file;

	/** Being written; the payload stays until it is done. */
	@Nullable
	KvWrite write;

	/** Completes when the engine thread was told what became of the write. */
	CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

	/** Being read; becomes the payload. */
	@Nullable
	CompletableFuture<Optional<NativeBytes>> loading;

	/** How many matches use the payload or wait for it; it stays while there are any. */
	int pins;

	/** By the wall clock. */
	long lastUsedMillis;

	/** No longer in the index; what it still holds goes as soon as nobody uses it. */
	boolean dropped;

	KvEntry(String tenant, int length, long lastUsedMillis) {
		this.tenant = tenant;
		this.length = length;
		this.lastUsedMillis = lastUsedMillis;
	}

	TokenRadixTree.Entry<KvEntry> place() {
		return Objects.requireNonNull(place);
	}

	void placedAt(TokenRadixTree.Entry<KvEntry> place) {
		this.place = place;
	}

	/** Completes when the disk has done what it was given. */
	CompletableFuture<?> disk() {
		return loading == null ? writing : loading;
	}

	void cancelWrite() {
		if (write != null) {
			write.cancel();
		}
	}

	/** Whether nothing uses the payload but the tiers themselves. */
	boolean unused() {
		return pins == 0 && write == null;
	}

	/** Gives the memory back, if it has any. */
	void free() {
		if (payload != null) {
			payload.close();
			payload = null;
		}
	}

}
