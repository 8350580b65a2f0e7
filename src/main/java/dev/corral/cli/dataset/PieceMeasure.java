package dev.corral.cli.dataset;

import java.util.List;

/** How long conversations are for a model. */
interface PieceMeasure {

	/** Tokens of a conversation as the model is trained on it: with its system message, and all that the template and the vocabulary add. */
	int tokens(List<Turn> turns);

	/**
	 * Where a text may be cut: indexes at which a token ends, none inside of a character, in order; the last is the text's length. Empty
	 * for an empty text.
	 */
	int[] cuts(String text);

}
