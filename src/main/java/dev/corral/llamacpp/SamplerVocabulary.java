package dev.corral.llamacpp;

import java.util.Set;
import java.util.function.IntFunction;

/**
 * What a {@link Sampler} must know about a model's tokens. One for each model, safe for any thread.
 *
 * @param endOfGeneration the tokens that end a reply
 * @param pieces gives the bytes that a token stands for, none for control tokens; they are not changed
 */
record SamplerVocabulary(Set<Integer> endOfGeneration, IntFunction<byte[]> pieces) {

	SamplerVocabulary {
		endOfGeneration = Set.copyOf(endOfGeneration);
	}

}
