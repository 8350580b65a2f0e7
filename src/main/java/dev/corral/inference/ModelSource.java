package dev.corral.inference;

import java.nio.file.Path;

/**
 * What an engine is asked to load. The file has been validated; the engine need not distrust it.
 *
 * @param name what clients call the model
 * @param file the GGUF file
 * @param contextTokens context window of each sequence, at least 1
 * @param sequences most sequences that run at once, at least 1
 */
public record ModelSource(String name, Path file, int contextTokens, int sequences) {

	public ModelSource {
		if (contextTokens < 1 || sequences < 1) {
			throw new IllegalArgumentException("contextTokens and sequences must be 1 or more, but are %d and %d"
					.formatted(contextTokens, sequences));
		}
	}

}
