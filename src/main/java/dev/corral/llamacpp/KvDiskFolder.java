package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.corral.llamacpp.internal.NativeBytes;

/**
 * One engine's part of a {@link KvDisk}. A file that is damaged or does not belong here is counted, logged at the first time, and
 * removed. Safe for any thread.
 */
final class KvDiskFolder implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(KvDiskFolder.class);

	private final KvDisk disk;

	private final Path path;

	private final KvStateKey key;

	private final KvTierCounters counters = new KvTierCounters();

	private final AtomicBoolean complained = new AtomicBoolean();

	private volatile Consumer<Path> removed = file -> {
	};

	KvDiskFolder(KvDisk disk, Path path, KvStateKey key) {
		this.disk = disk;
		this.path = path;
		this.key = key;
	}

	KvStateKey key() {
		return key;
	}

	KvTierCounters counters() {
		return counters;
	}

	/** The file that a state belongs into. */
	Path path(KvWrite write) {
		return path.resolve(KvStateFile.name(write.tenant(), write.tokens()));
	}

	/**
	 * Reads the headers of all states, the one used least recently first; blocks until that is done.
	 *
	 * @param removed told from now on, on the writer thread, each file that had to make room for another
	 */
	void index(BiConsumer<KvDiskFiles.Stored, KvStateFile.Header> found, Consumer<Path> removed) {
		this.removed = removed;
		for (var file : disk.filesIn(path)) {
			try {
				found.accept(file, KvStateFile.readHeader(file.path(), key));
			} catch (NoSuchFileException gone) {
				log.debug("{} had to make room while the index was read", file);
			} catch (IOException unusable) {
				refuse(file.path(), unusable);
			}
		}
	}

	void removed(Path file) {
		removed.accept(file);
	}

	/** See {@link KvDisk#write}. */
	boolean write(KvWrite write, boolean unlimited) {
		return disk.write(this, write, unlimited);
	}

	/**
	 * Has a state read. The future completes on the reader thread, always, and with nothing if the state could not be read. The bytes
	 * are the receiver's to close.
	 */
	CompletableFuture<Optional<NativeBytes>> load(Path file) {
		var loaded = new CompletableFuture<Optional<NativeBytes>>();
		if (!disk.onReader(() -> loaded.complete(read(file)))) {
			loaded.complete(Optional.empty());
		}
		return loaded;
	}

	private Optional<NativeBytes> read(Path file) {
		try {
			return Optional.of(KvStateFile.read(file, key));
		} catch (NoSuchFileException gone) {
			return Optional.empty();
		} catch (IOException unusable) {
			refuse(file, unusable);
			return Optional.empty();
		} catch (OutOfMemoryError | RuntimeException failure) {
			log.warn("The conversation state {} could not be read: {}", file, failure.toString());
			return Optional.empty();
		}
	}

	private void refuse(Path file, IOException reason) {
		counters.corrupt();
		if (complained.compareAndSet(false, true)) {
			log.warn("Removed the conversation state {}: {}; further ones are counted, not logged", file,
					reason.getMessage());
		}
		disk.delete(file);
	}

	void touch(Path file, long millis) {
		disk.touch(file, millis);
	}

	void delete(Path file) {
		disk.delete(file);
	}

	@Override
	public void close() {
		disk.release(this);
	}

}
