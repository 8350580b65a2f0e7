package dev.corral.llamacpp;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.inference.CacheStatistics;
import dev.corral.llamacpp.internal.NativeBytes;

/**
 * States of sequences that have no place in the context any more: in memory, and what falls out of there on disk. One index finds the
 * longest beginning of a prompt in both. A state covers each beginning of its tokens, so one whose tokens are the beginning of
 * another's of the same tenant is not kept.
 *
 * <p>The policy:
 * <ol>
 * <li>A state enters memory. What was used least recently leaves it, by bytes, until it fits.
 * <li>What leaves memory is written to disk unless it is there already; it can be found and used meanwhile. When too much waits to be
 * written it is dropped. A state too large for memory is written at once.
 * <li>A state that is read from disk enters memory, and stays on disk.
 * <li>A state on disk that a longer one replaces stays until that one is on disk too.
 * </ol>
 *
 * <p>Every method belongs to the engine thread if it does not say otherwise, and none waits for the disk but {@link #close}. The
 * disk's threads leave word of what they have done, and the engine thread takes it over with its next call.
 */
final class KvTiers {

	private static final Logger log = LoggerFactory.getLogger(KvTiers.class);

	/** How long a write in progress may take to notice that it was cancelled. */
	private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(1);

	private final KvMemory memory;

	private final KvDiskTier disk;

	private final InstantSource clock;

	private final KvIndex index = new KvIndex();

	/** Entries that are being written or read. */
	private final Set<KvEntry> busy = new HashSet<>();

	/** What the disk's threads want the engine thread to do. */
	private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

	/**
	 * Reads the index of the disk tier, on any thread; blocks until that is done.
	 *
	 * @param memoryBytes most bytes of states in memory, 0 for none
	 * @param folder the disk tier, from here on this one's to close; {@code null} for none
	 * @param clock the wall clock
	 */
	KvTiers(long memoryBytes, @Nullable KvDiskFolder folder, InstantSource clock) {
		this.memory = new KvMemory(memoryBytes);
		this.disk = new KvDiskTier(folder);
		this.clock = clock;
		disk.index(this::found, file -> inbox.add(() -> evicted(file)));
	}

	/**
	 * Finds the state that shares the longest beginning with these tokens, of several the one used last. The state's own tokens may go
	 * on beyond.
	 *
	 * @param length how many of the tokens count
	 * @param tenant whose states to look at, and no others
	 */
	Optional<KvMatch> longest(int[] tokens, int length, String tenant) {
		settle();
		return index.longest(tokens, length, tenant)
				.map(found -> new KvMatch(this, found.entry().value(), found.length()));
	}

	/** Whether a state of all these tokens, or of more, is there. */
	boolean covers(int[] tokens, int length, String tenant) {
		settle();
		return index.covering(tokens, length, tenant).isPresent();
	}

	/** Counts a request for which nothing was found, or nothing that was worth loading. */
	void missed() {
		memory.counters().miss();
		disk.miss();
	}

	/**
	 * Keeps a state. The payload belongs to the tiers from here on, which may close it at once.
	 *
	 * @param count how many of the tokens the state covers, at least 1
	 */
	void put(int[] tokens, int count, String tenant, NativeBytes payload) {
		settle();
		var covering = index.covering(tokens, count, tenant);
		if (covering.isEmpty()) {
			var entry = index.insert(tenant, tokens, count, clock.millis());
			makeWayFor(entry);
			enterMemory(entry, payload);
			return;
		}
		var entry = covering.get();
		touch(entry);
		if (entry.length == count && entry.payload == null && entry.loading == null) {
			enterMemory(entry, payload);
		} else {
			payload.close();
		}
	}

	/** Takes over what the disk's threads have done. Every other method does; worth a call when the engine has nothing to do. */
	void settle() {
		for (var task = inbox.poll(); task != null; task = inbox.poll()) {
			task.run();
		}
	}

	/** What memory holds and did. Any thread may ask. */
	CacheStatistics.Tier memoryStats() {
		return memory.counters().read();
	}

	/** What the disk tier holds and did. Any thread may ask. */
	CacheStatistics.Tier diskStats() {
		return disk.counters().read();
	}

	/**
	 * Writes what is in memory only to the disk, what was used last first, and frees the memory. What is not written when time is up is
	 * lost. No match may be open, and nothing may be called afterwards.
	 *
	 * @param timeout how long to wait for the disk
	 */
	void close(Duration timeout) {
		settle();
		for (var entry : memory.newestFirst()) {
			if (entry.file == null && entry.write == null) {
				write(entry, /* unlimited= */ true);
			}
		}
		if (!finish(timeout)) {
			log.warn("{} conversation states could not be written within {} and are lost", busy.size(), timeout);
			busy.forEach(KvEntry::cancelWrite);
			finish(CANCEL_TIMEOUT);
		}
		for (var entry : memory.newestFirst()) {
			memory.remove(entry);
			// What the disk still reads is better leaked than freed under it.
			if (entry.unused()) {
				entry.free();
			}
		}
		disk.close();
	}

	/** Waits for the disk to do what it was given. Returns false if time was up before. */
	private boolean finish(Duration timeout) {
		var all = busy.stream().map(KvEntry::disk).toArray(CompletableFuture<?>[]::new);
		try {
			CompletableFuture.allOf(all).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		} catch (TimeoutException late) {
			return false;
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			return false;
		} catch (ExecutionException impossible) {
			throw new IllegalStateException(impossible);
		} finally {
			settle();
		}
	}

	/**
	 * Gets the payload for a match.
	 *
	 * @param pin whether the match begins to use it; it calls {@link #release} later
	 */
	CompletableFuture<Optional<NativeBytes>> load(KvEntry entry, boolean pin) {
		if (pin) {
			entry.pins++;
			touch(entry);
		}
		if (entry.payload != null) {
			memory.counters().hit();
			return CompletableFuture.completedFuture(Optional.of(entry.payload));
		}
		if (entry.loading == null) {
			memory.counters().miss();
			disk.load(entry).ifPresent(bytes -> {
				entry.loading = bytes.thenApply(loaded -> {
					inbox.add(() -> loaded(entry, loaded));
					return loaded;
				});
				busy.add(entry);
			});
		}
		return entry.loading == null ? CompletableFuture.completedFuture(Optional.empty()) : entry.loading;
	}

	/** A match no longer uses the payload. */
	void release(KvEntry entry) {
		entry.pins--;
		settle();
		spill(entry);
		trim();
	}

	private void touch(KvEntry entry) {
		if (!entry.dropped) {
			entry.lastUsedMillis = clock.millis();
			index.touch(entry);
			memory.touch(entry);
			disk.touch(entry);
		}
	}

	/** Lets go of the states that a new one covers; those on disk stay there until the new one is there too. */
	private void makeWayFor(KvEntry entry) {
		for (var shorter : index.beginningsOf(entry)) {
			if (shorter.file == null) {
				drop(shorter);
			} else if (shorter.unused()) {
				memory.remove(shorter);
				shorter.free();
			}
		}
	}

	private void enterMemory(KvEntry entry, NativeBytes payload) {
		entry.payload = payload;
		if (memory.fits(payload.size())) {
			memory.add(entry);
		}
		spill(entry);
		trim();
	}

	private void trim() {
		for (var entry = memory.excess(); entry != null; entry = memory.excess()) {
			memory.evict(entry);
			spill(entry);
		}
	}

	/** Decides what becomes of a payload that has no place in memory and that nobody uses. */
	private void spill(KvEntry entry) {
		if (entry.payload == null || !entry.unused() || memory.holds(entry)) {
			return;
		}
		if (entry.dropped || entry.file != null) {
			entry.free();
		} else if (!write(entry, /* unlimited= */ false)) {
			drop(entry);
		}
	}

	/** Returns false if there is no disk tier, or it takes no more. */
	private boolean write(KvEntry entry, boolean unlimited) {
		var write = entry.payload == null
				? Optional.<KvWrite>empty()
				: disk.write(entry, entry.payload, unlimited);
		write.ifPresent(accepted -> {
			entry.write = accepted;
			entry.writing = accepted.done().thenAccept(file -> inbox.add(() -> written(entry, file)));
			busy.add(entry);
		});
		return write.isPresent();
	}

	private void written(KvEntry entry, Optional<KvDiskFiles.Stored> file) {
		entry.write = null;
		busy.remove(entry);
		if (file.isPresent()) {
			disk.counters().stored();
			disk.hold(entry, file.get());
		}
		if (entry.dropped) {
			disk.delete(entry);
			spill(entry);
		} else if (entry.file != null) {
			index.beginningsOf(entry).forEach(this::drop);
			spill(entry);
		} else {
			disk.counters().dropped();
			if (entry.pins == 0 && !memory.holds(entry)) {
				drop(entry);
			}
		}
	}

	private void loaded(KvEntry entry, Optional<NativeBytes> bytes) {
		entry.loading = null;
		busy.remove(entry);
		if (bytes.isPresent()) {
			disk.counters().hit();
		}
		if (entry.dropped) {
			entry.payload = bytes.orElse(null);
			spill(entry);
		} else if (bytes.isPresent()) {
			enterMemory(entry, bytes.get());
		} else {
			// Where it was damaged the file has gone; otherwise it may be readable after a restart.
			disk.letGo(entry);
			drop(entry);
		}
	}

	/** Takes a file of an earlier process into the index. */
	private void found(KvDiskFiles.Stored file, KvStateFile.Header header) {
		var tokens = header.tokens();
		if (index.covering(tokens, tokens.length, header.tenant()).isPresent()) {
			disk.delete(file);
			return;
		}
		var entry = index.insert(header.tenant(), tokens, tokens.length, file.lastUsedMillis());
		disk.hold(entry, file);
		index.beginningsOf(entry).forEach(this::drop);
	}

	/** The disk tier removed a file to make room. */
	private void evicted(Path file) {
		disk.evicted(file).filter(entry -> entry.payload == null && entry.loading == null).ifPresent(this::drop);
	}

	/** Takes a state out of the index; what it still holds goes as soon as nobody uses it. */
	private void drop(KvEntry entry) {
		entry.dropped = true;
		index.remove(entry);
		memory.remove(entry);
		disk.delete(entry);
		entry.cancelWrite();
		spill(entry);
	}

}
