package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The states in all folders of a disk tier, of whatever model, and which of them must go for others to come. A file's time of last
 * modification is the time when it was used last, so the order survives a restart. Belongs to the writer thread.
 *
 * <p>Only regular files with a state's name in folders with a key's name count or are ever removed. Links are not followed.
 */
final class KvDiskFiles {

	private static final String FOLDER_NAME = "[0-9a-f]{64}";

	/** Files take up whole blocks; it also bounds how many small ones there can be. */
	private static final long BLOCK_BYTES = 4096;

	private final long budgetBytes;

	private final Map<Path, Stored> files = new HashMap<>();

	private final TreeSet<Stored> byUse = new TreeSet<>(
			Comparator.comparingLong(Stored::lastUsedMillis).thenComparing(Stored::path));

	private long bytes;

	private KvDiskFiles(long budgetBytes) {
		this.budgetBytes = budgetBytes;
	}

	/**
	 * Looks at what is there, and removes what an earlier process did not finish and what goes beyond the budget.
	 *
	 * @param now by the wall clock, in milliseconds
	 */
	static KvDiskFiles scan(Path root, long budgetBytes, long now) throws IOException {
		var files = new KvDiskFiles(budgetBytes);
		try (var folders = Files.newDirectoryStream(root, KvDiskFiles::isFolder)) {
			for (var folder : folders) {
				files.scanFolder(folder, now);
			}
		}
		files.makeRoom(0, Long.MAX_VALUE);
		return files;
	}

	private static boolean isFolder(Path path) {
		return path.getFileName().toString().matches(FOLDER_NAME)
				&& Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
	}

	private void scanFolder(Path folder, long now) throws IOException {
		try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
			for (var path : paths) {
				var name = path.getFileName().toString();
				if (name.matches(KvStateFile.TEMPORARY_NAME)) {
					Files.deleteIfExists(path);
				} else if (name.matches(KvStateFile.NAME)) {
					var found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
					if (found.isRegularFile()) {
						// A time to come would keep it for ever.
						long used = Math.min(found.lastModifiedTime().toMillis(), now);
						add(new Stored(path, found.size(), used));
					}
				}
			}
		}
	}

	/** The files in one folder, the one used least recently first. */
	List<Stored> in(Path folder) {
		return byUse.stream().filter(file -> folder.equals(file.path().getParent())).toList();
	}

	/**
	 * Removes files until there is room for another, but none that was used after it.
	 *
	 * @return what was removed; nothing at all if that would not make room enough, and then none was
	 */
	Optional<List<Path>> makeRoom(long newBytes, long lastUsedMillis) throws IOException {
		long excess = bytes + blocks(newBytes) - budgetBytes;
		var victims = new ArrayList<Path>();
		for (var file : byUse) {
			if (excess <= 0 || file.lastUsedMillis() > lastUsedMillis) {
				break;
			}
			victims.add(file.path());
			excess -= blocks(file.bytes());
		}
		if (excess > 0) {
			return Optional.empty();
		}
		for (var victim : victims) {
			delete(victim);
		}
		return Optional.of(victims);
	}

	/** Takes a file into account, instead of one at the same place. */
	void add(Stored file) {
		forget(file.path());
		files.put(file.path(), file);
		byUse.add(file);
		bytes += blocks(file.bytes());
	}

	void delete(Path path) throws IOException {
		Files.deleteIfExists(path);
		forget(path);
	}

	/** Notes that a file was used; one that has gone meanwhile is left alone. */
	void touch(Path path, long millis) throws IOException {
		var file = files.get(path);
		if (file != null) {
			try {
				Files.setLastModifiedTime(path, FileTime.fromMillis(millis));
				add(new Stored(path, file.bytes(), millis));
			} catch (NoSuchFileException gone) {
				forget(path);
			}
		}
	}

	private void forget(Path path) {
		var file = files.remove(path);
		if (file != null) {
			byUse.remove(file);
			bytes -= blocks(file.bytes());
		}
	}

	private static long blocks(long bytes) {
		return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
	}

	/** A file as it is on the disk. */
	record Stored(Path path, long bytes, long lastUsedMillis) {
	}

}
