package dev.corral.llamacpp;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.corral.llamacpp.internal.NativeBytes;

/** The engine thread's side of the disk tier: which state is in which file. Without a folder it holds nothing and takes nothing. */
final class KvDiskTier {

	private final @Nullable KvDiskFolder folder;

	private final KvTierCounters counters;

	private final Map<Path, KvEntry> byFile = new HashMap<>();

	KvDiskTier(@Nullable KvDiskFolder folder) {
		this.folder = folder;
		this.counters = folder == null ? new KvTierCounters() : folder.counters();
	}

	KvTierCounters counters() {
		return counters;
	}

	/** See {@link KvDiskFolder#index}. */
	void index(BiConsumer<KvDiskFiles.Stored, KvStateFile.Header> found, Consumer<Path> removed) {
		if (folder != null) {
			folder.index(found, removed);
		}
	}

	/** Counts a look-up that found nothing anywhere. */
	void miss() {
		if (folder != null) {
			counters.miss();
		}
	}

	/**
	 * Has a state in memory written.
	 *
	 * @param unlimited whether it may wait even where too many do
	 * @return what will complete it; nothing if there is no disk tier, or it takes no more
	 */
	Optional<KvWrite> write(KvEntry entry, NativeBytes payload, boolean unlimited) {
		if (folder == null) {
			return Optional.empty();
		}
		var write = new KvWrite(entry.tenant, entry.place().tokens(), payload, entry.lastUsedMillis);
		if (!folder.write(write, unlimited)) {
			counters.dropped();
			return Optional.empty();
		}
		return Optional.of(write);
	}

	/** Has a state read if it has a file; see {@link KvDiskFolder#load}. */
	Optional<CompletableFuture<Optional<NativeBytes>>> load(KvEntry entry) {
		return entry.file == null || folder == null
				? Optional.empty()
				: Optional.of(folder.load(entry.file.path()));
	}

	void touch(KvEntry entry) {
		if (entry.file != null && folder != null) {
			folder.touch(entry.file.path(), entry.lastUsedMillis);
		}
	}

	/** Notes that a state has a file. */
	void hold(KvEntry entry, KvDiskFiles.Stored file) {
		entry.file = file;
		byFile.put(file.path(), entry);
		counters.added(file.bytes());
	}

	/** Notes that a state has no file, if it had one. */
	void letGo(KvEntry entry) {
		if (entry.file != null) {
			byFile.remove(entry.file.path(), entry);
			counters.removed(entry.file.bytes());
			entry.file = null;
		}
	}

	/** Removes a state's file, if it has one. */
	void delete(KvEntry entry) {
		if (entry.file != null) {
			delete(entry.file);
			letGo(entry);
		}
	}

	void delete(KvDiskFiles.Stored file) {
		if (folder != null) {
			folder.delete(file.path());
		}
	}

	/** The state in a file that had to make room; it has none any more. */
	Optional<KvEntry> evicted(Path file) {
		var entry = byFile.get(file);
		if (entry != null) {
			counters.evicted();
			letGo(entry);
		}
		return Optional.ofNullable(entry);
	}

	void close() {
		if (folder != null) {
			folder.close();
		}
	}

}
