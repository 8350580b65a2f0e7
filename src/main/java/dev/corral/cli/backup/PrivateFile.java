package dev.corral.cli.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A new file for its owner alone, which appears when it is complete; until then it is a file beside it. */
final class PrivateFile implements AutoCloseable {

	private final Path file;

	private final Path temporary;

	/** @throws FileAlreadyExistsException if there is such a file */
	PrivateFile(Path file) throws IOException {
		this.file = file.toAbsolutePath();
		if (Files.exists(this.file)) {
			throw new FileAlreadyExistsException(this.file.toString());
		}
		temporary = this.file.resolveSibling(file.getFileName() + ".part-" + ProcessHandle.current().pid());
	}

	Path temporary() {
		return temporary;
	}

	OutputStream open() throws IOException {
		boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		var attributes = posix
				? new FileAttribute<?>[]{
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
				: new FileAttribute<?>[0];
		return Channels.newOutputStream(Files.newByteChannel(temporary,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes));
	}

	void complete() throws IOException {
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Leaves nothing behind unless it is complete. */
	@Override
	public void close() throws IOException {
		Files.deleteIfExists(temporary);
	}

}
