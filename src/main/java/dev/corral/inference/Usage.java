package dev.corral.inference;

/**
 * Tokens of one generation.
 *
 * @param promptTokens tokens of the prompt, the beginning-of-sequence token included
 * @param completionTokens tokens generated, the end-of-generation token included when one was sampled
 * @param cachedTokens prompt tokens that were not computed again
 */
public record Usage(int promptTokens, int completionTokens, int cachedTokens) {

	public int totalTokens() {
		return promptTokens + completionTokens;
	}

}
