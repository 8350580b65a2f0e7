package dev.corral.inference;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * What an engine is asked to load. The files have been validated; the engine need not distrust them.
 *
 * @param name what clients call the model
 * @param file the GGUF file
 * @param contextTokens context window of each sequence, at least 1
 * @param sequences most sequences that run at once, at least 1
 * @param cacheTokens tokens that the key-value cache holds for all sequences together, at least {@code contextTokens}; below
 * {@code contextTokens} times {@code sequences} they share it, and some wait outside while it is full
 * @param draft the GGUF file of a smaller model that drafts for this one; {@code null} for none
 */
public record ModelSource(String name, Path file, int contextTokens, int sequences, int cacheTokens,
		@Nullable Path draft) {

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

	/** Without a draft model. */
	public ModelSource(String name, Path file, int contextTokens, int sequences, int cacheTokens) {
		this(name, file, contextTokens, sequences, cacheTokens, null);
	}

	/** With room for every sequence at its longest. */
	public ModelSource(String name, Path file, int contextTokens, int sequences) {
		this(name, file, contextTokens, sequences, Math.clamp((long) contextTokens * sequences, 1, Integer.MAX_VALUE));
	}

	/** The same with a draft model. */
	public ModelSource withDraft(@Nullable Path file) {
		return new ModelSource(name, this.file, contextTokens, sequences, cacheTokens, file);
	}

}
