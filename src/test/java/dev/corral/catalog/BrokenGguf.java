package dev.corral.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that must be refused.
 *
 * @param name what is wrong, in words
 * @param maker puts the file to a path
 * @param expected part of the message of the refusal
 */
public record BrokenGguf(String name, Maker maker, String expected) {

	/** Creates the file in a directory and tells its path. */
	public Path in(Path directory) throws IOException {
		var path = directory.resolve(name.replaceAll("[^a-zA-Z0-9]+", "-") + ".gguf");
		maker.make(path);
		return path;
	}

	static BrokenGguf of(String name, byte[] bytes, String expected) {
		return new BrokenGguf(name, path -> Files.write(path, bytes), expected);
	}

	static BrokenGguf of(String name, GgufWriter writer, String expected) {
		return of(name, writer.bytes(), expected);
	}

	@Override
	public String toString() {
		return name;
	}

	/** Puts a broken thing to a path. */
	@FunctionalInterface
	public interface Maker {

		void make(Path path) throws IOException;

	}

}
