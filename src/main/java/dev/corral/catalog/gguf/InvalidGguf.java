package dev.corral.catalog.gguf;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** A file is not a model that can be loaded safely. The message is one sentence that names the file and the flaw. */
public final class InvalidGguf extends RuntimeException {

	/**
	 * @param problem continues the sentence, without a full stop: what is wrong, with the limit and the actual value
	 */
	InvalidGguf(Path file, String problem, @Nullable Throwable cause) {
		super("%s is not a usable GGUF file: %s.".formatted(file, problem), cause);
	}

}
