package dev.corral.llamacpp;

/**
 * How many tokens of one call may give logits. llama.cpp keeps a row of the vocabulary's size for each, and keeps the memory for the most
 * that there ever were.
 */
final class OutputRows {

	/** 64 MiB: a batch of 512 tokens with a vocabulary of 32 Ki. */
	private static final int MOST_LOGITS = 1 << 24;

	private OutputRows() {
	}

	static int most(int vocabularyTokens) {
		return Math.max(1, MOST_LOGITS / vocabularyTokens);
	}

}
