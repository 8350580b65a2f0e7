package dev.corral.cli.dataset;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text file that appears, or replaces another, when it is complete; until then it is a file beside it. */
final class AtomicFile implements AutoCloseable {

	private final Path file;

	private final Path temporary;

	private final BufferedWriter writer;

	AtomicFile(Path file) throws IOException {
		this.file = file.toAbsolutePath();
		temporary = this.file.resolveSibling(file.getFileName() + ".part-" + ProcessHandle.current().pid());
		writer = Files.newBufferedWriter(temporary);
	}

	BufferedWriter writer() {
		return writer;
	}

	void complete() throws IOException {
		writer.close();
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/** Leaves nothing behind unless it is complete. */
	@Override
	public void close() throws IOException {
		writer.close();
		Files.deleteIfExists(temporary);
	}

}
