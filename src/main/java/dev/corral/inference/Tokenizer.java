package dev.corral.inference;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A model's vocabulary at work. Safe for use by any thread; a call is CPU-bound, so keep it off event loops. */
public interface Tokenizer {

	/**
	 * The token ids of a prompt. Neighbouring segments are tokenized as the one text they form; control tokens are
	 * recognised only in segments from a template.
	 *
	 * @param bos whether the beginning-of-sequence token is wanted; it is added if the model uses one and the text does
	 * not begin with it
	 */
	List<Integer> tokenize(List<PromptSegment> segments, boolean bos);

	/** The tokens of a text that is whole by itself, with those that begin and end one where the model was trained with them. */
	default List<Integer> tokenizeWhole(String text) {
		return tokenize(List.of(PromptSegment.typed(text)), true);
	}

	/** The tokens that ask for what lies between two texts; {@code null} if the model knows none. */
	default @Nullable InfillTokens infillTokens() {
		return null;
	}

	/** The text of these tokens; control tokens have none, and incomplete UTF-8 becomes U+FFFD. */
	String detokenize(List<Integer> tokens);

	/**
	 * The bytes that a token stands for, perhaps part of a character; those of a control token are its name.
	 *
	 * @param token an id of the vocabulary
	 */
	byte[] piece(int token);

}
