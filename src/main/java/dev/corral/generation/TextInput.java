package dev.corral.generation;

import java.util.List;

/** A text that a client sent, as it is or as the token ids of the model's vocabulary. */
public sealed interface TextInput {

	/**
	 * Text.
	 *
	 * @param text perhaps empty
	 */
	record Text(String text) implements TextInput {
	}

	/** Tokens, to which nothing is added. That the vocabulary has them is checked by the engine. */
	record Tokens(List<Integer> ids) implements TextInput {

		public Tokens {
			ids = List.copyOf(ids);
		}

	}

}
