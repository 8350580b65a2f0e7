package dev.corral.inference;

import java.util.List;

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

	/** The text of these tokens; control tokens have none, and incomplete UTF-8 becomes U+FFFD. */
	String detokenize(List<Integer> tokens);

	/**
	 * The bytes that a token stands for, perhaps part of a character; those of a control token are its name.
	 *
	 * @param token an id of the vocabulary
	 */
	byte[] piece(int token);

}
