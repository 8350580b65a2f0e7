package dev.corral.generation;

import java.util.List;

/**
 * A conversation as a model reads it.
 *
 * @param text as the template writes it; the beginning-of-sequence token is none of it
 * @param tokens what the model is given
 * @param contextTokens the model's context window
 */
public record RenderedChat(String text, List<Integer> tokens, int contextTokens) {

	public RenderedChat {
		tokens = List.copyOf(tokens);
	}

}
