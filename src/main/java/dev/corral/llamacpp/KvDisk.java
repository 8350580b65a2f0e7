package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where all engines of this process keep sequence states on disk: a folder with a folder for each {@link KvStateKey}. It is bounded in
 * bytes as a whole, whichever model they belong to, and the states used least recently go first. One process owns it at a time.
 *
 * <p>Engines hand over work and never wait for it: one thread writes, removes and keeps the account, another reads. What fails is
 * logged and counted, and never reaches an engine; after the first failed write nothing is written any more. Safe for any thread.
 */
final class KvDisk implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(KvDisk.class);

	/** How long the threads may take to finish when this is closed. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final Path root;

	private final FileChannel lock;

	private final KvDiskFiles files;

	private final long queueLimitBytes;

	private final ExecutorService writer = thread("kv-disk-writer");

	private final ExecutorService reader = thread("kv-disk-reader");

	private final List<KvDiskFolder> folders = new CopyOnWriteArrayList<>();

	private final AtomicLong queuedBytes = new AtomicLong();

	private volatile boolean writable = true;

	private KvDisk(Path root, FileChannel lock, KvDiskFiles files, long queueLimitBytes) {
		this.root = root;
		this.lock = lock;
		this.files = files;
		this.queueLimitBytes = queueLimitBytes;
	}

	/**
	 * Makes the folder if it is not there, and removes what goes beyond the budget. Blocks while the files are listed.
	 *
	 * @param budgetBytes most bytes of all files in it
	 * @param queueLimitBytes most bytes of states that wait in memory to be written; one of any size may always wait
	 * @param clock the wall clock
	 * @return nothing if the folder cannot be used, which is logged
	 */
	static Optional<KvDisk> open(Path root, long budgetBytes, long queueLimitBytes, InstantSource clock) {
		try {
			// That it is a link is the operator's choice; inside, none is followed.
			if (!Files.isDirectory(root)) {
				OwnerOnly.createFolder(root);
			}
			var lock = lock(root);
			try {
				return Optional.of(
						new KvDisk(root, lock, KvDiskFiles.scan(root, budgetBytes, clock.millis()), queueLimitBytes));
			} catch (IOException | RuntimeException failed) {
				lock.close();
				throw failed;
			}
		} catch (IOException | RuntimeException unusable) {
			log.warn("No conversation states are kept on disk: the folder {} cannot be used: {}", root,
					unusable.toString());
			return Optional.empty();
		}
	}

	/** Opens what the settings say; nothing if that is no disk tier. */
	static Optional<KvDisk> open(KvTierSettings settings) {
		return settings.diskBytes() == 0 || settings.folder() == null
				? Optional.empty()
				: open(settings.folder(), settings.diskBytes(), settings.writeQueueBytes(), InstantSource.system());
	}

	private static FileChannel lock(Path root) throws IOException {
		var channel = FileChannel.open(root.resolve("lock"),
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
		try {
			if (channel.tryLock() != null) {
				return channel;
			}
			throw new IOException("another process uses it");
		} catch (OverlappingFileLockException sameProcess) {
			channel.close();
			throw new IOException("this process uses it already", sameProcess);
		} catch (IOException failed) {
			channel.close();
			throw failed;
		}
	}

	private static ExecutorService thread(String name) {
		return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
	}

	/**
	 * The part of it that holds one key's states. Blocks while their headers are read.
	 *
	 * @return nothing if it cannot be used, which is logged
	 */
	Optional<KvDiskFolder> folder(KvStateKey key) {
		var path = root.resolve(key.folderName());
		try {
			OwnerOnly.createFolder(path);
			var folder = new KvDiskFolder(this, path, key);
			folders.add(folder);
			return Optional.of(folder);
		} catch (IOException unusable) {
			log.warn("No conversation states are kept on disk: the folder {} cannot be used: {}", path,
					unusable.toString());
			return Optional.empty();
		}
	}

	void release(KvDiskFolder folder) {
		folders.remove(folder);
	}

	/** The files in one of its folders, the one used least recently first; waits for the writer thread to tell. */
	List<KvDiskFiles.Stored> filesIn(Path folder) {
		var found = new CompletableFuture<List<KvDiskFiles.Stored>>();
		return onWriter(() -> found.complete(files.in(folder))) ? found.join() : List.of();
	}

	/**
	 * Has a state written.
	 *
	 * @param unlimited whether it may wait even where too many do
	 * @return false if it will not be, so that it never completes
	 */
	boolean write(KvDiskFolder folder, KvWrite write, boolean unlimited) {
		long size = write.payload().size();
		long queued = queuedBytes.getAndAdd(size);
		boolean accepted = writable && (unlimited || queued == 0 || queued + size <= queueLimitBytes)
				&& onWriter(() -> writeNow(folder, write));
		if (!accepted) {
			queuedBytes.addAndGet(-size);
		}
		return accepted;
	}

	private void writeNow(KvDiskFolder folder, KvWrite write) {
		Optional<KvDiskFiles.Stored> stored = Optional.empty();
		try {
			if (writable && !write.cancelled()) {
				stored = store(folder, write);
			}
		} catch (KvWrite.WriteCancelled cancelled) {
			log.debug("A conversation state is not needed on disk any more");
		} catch (IOException | RuntimeException failure) {
			stopWriting(failure);
		} finally {
			queuedBytes.addAndGet(-write.payload().size());
			write.done().complete(stored);
		}
	}

	private Optional<KvDiskFiles.Stored> store(KvDiskFolder folder, KvWrite write) throws IOException {
		var removed = files.makeRoom(KvStateFile.size(write), write.lastUsedMillis());
		if (removed.isEmpty()) {
			return Optional.empty();
		}
		removed.get().forEach(path -> folders.forEach(other -> other.removed(path)));
		var path = folder.path(write);
		KvStateFile.write(path, folder.key(), write);
		var stored = new KvDiskFiles.Stored(path, KvStateFile.size(write), write.lastUsedMillis());
		files.add(stored);
		files.touch(path, stored.lastUsedMillis());
		return Optional.of(stored);
	}

	/** Notes that a state was used. */
	void touch(Path file, long millis) {
		change(() -> files.touch(file, millis));
	}

	void delete(Path file) {
		change(() -> files.delete(file));
	}

	private void change(Change change) {
		onWriter(() -> {
			try {
				change.run();
			} catch (IOException failure) {
				stopWriting(failure);
			}
		});
	}

	private void stopWriting(Exception failure) {
		if (writable) {
			writable = false;
			log.warn("No more conversation states are written to {} until a restart: {}", root, failure.toString());
		}
	}

	/** Runs something that writes, after all that was handed over before; false if this was closed, and it will not run. */
	boolean onWriter(Runnable task) {
		return submit(writer, task);
	}

	/** Runs something that reads; false if this was closed, and it will not run. */
	boolean onReader(Runnable task) {
		return submit(reader, task);
	}

	private static boolean submit(ExecutorService thread, Runnable task) {
		try {
			thread.execute(task);
			return true;
		} catch (RejectedExecutionException closed) {
			return false;
		}
	}

	/** Finishes what was handed over, within a few seconds. The engines must have ended. */
	@Override
	public void close() {
		writer.shutdown();
		reader.shutdown();
		try {
			boolean finished = writer.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
					&& reader.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			if (!finished) {
				log.warn("The folder {} is too slow: what was still to be written is lost", root);
			}
			lock.close();
		} catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		} catch (IOException failure) {
			log.debug("The lock of {} could not be released", root, failure);
		}
	}

	/** Changes files. */
	private interface Change {

		void run() throws IOException;

	}

}
