package dev.corral.llamacpp;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files and folders that only the owner of this process may use, where the file system knows owners (POSIX). */
final class OwnerOnly {

	private OwnerOnly() {
	}

	/**
	 * Makes a folder with those above it; one that is there already stays as it is.
	 *
	 * @throws FileAlreadyExistsException if there is something else in its place, such as a link
	 */
	static void createFolder(Path folder) throws IOException {
		if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
			var parent = folder.toAbsolutePath().getParent();
			if (parent != null && !Files.isDirectory(parent)) {
				createFolder(parent);
			}
			Files.createDirectory(folder, permissions(folder, "rwx------"));
		}
	}

	/** Makes a file that must not exist yet, for writing. */
	static FileChannel createFile(Path file) throws IOException {
		return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
				permissions(file, "rw-------"));
	}

	private static FileAttribute<?>[] permissions(Path path, String permissions) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[]{
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
				: new FileAttribute<?>[0];
	}

}
