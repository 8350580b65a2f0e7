package dev.corral.inference;

import java.nio.file.Path;

/**
 * What an engine is asked to load. The file has been validated; the engine need not distrust it.
 *
 * @param name what clients call the model
 * @param file the GGUF file
 * @param contextTokens context window of each sequence, at least 1
 * @param sequences most sequences that run at once, at least 1
 * @param cacheTokens tokens that the key-value cache holds for all sequences together, at least {@code contextTokens}; below
 * {@code contextTokens} times {@code sequences} they share it, and some wait outside while it is full
 */
public record ModelSource(String name, Path file, int contextTokens, int sequences, int cacheTokens) {

	public ModelSource {
		if (contextTokens < 1 || sequences < 1) {
			throw new IllegalArgumentException("contextTokens and sequences must be 1 or more, but are %d and %d"
					.formatted(contextTokens, sequences));
		}
		if (cacheTokens < contextTokens) {
			throw new IllegalArgumentException(
					"cacheTokens must be %d or more, as much as one sequence may hold, but is %d"
							.formatted(contextTokens, cacheTokens));
		}
	}

	/** With room for every sequence at its longest. */
	public ModelSource(String name, Path file, int contextTokens, int sequences) {
		this(name, file, contextTokens, sequences, Math.clamp((long) contextTokens * sequences, 1, Integer.MAX_VALUE));
	}

}
