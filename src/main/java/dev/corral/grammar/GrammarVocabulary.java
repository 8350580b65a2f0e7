package dev.corral.grammar;

import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** A model's tokens, prepared to be matched against grammars. One per model; immutable, safe for any thread. */
public final class GrammarVocabulary {

	private static final byte[] NO_BYTES = {};

	private final byte[][] pieces;

	private final BitSet endOfGeneration = new BitSet();

	private final TokenTrie trie;

	/**
	 * Prepares a vocabulary; takes some tens of milliseconds.
	 *
	 * @param size number of tokens; ids are 0 to size - 1
	 * @param pieces the bytes of a token, empty for control tokens
	 * @param endOfGeneration whether a reply ends with a token
	 */
	public GrammarVocabulary(int size, IntFunction<byte[]> pieces, IntPredicate endOfGeneration) {
		this.pieces = new byte[size][];
		for (int token = 0; token < size; token++) {
			boolean end = endOfGeneration.test(token);
			this.endOfGeneration.set(token, end);
			// A token that ends the reply has no place inside of it, whatever bytes it is written with.
			this.pieces[token] = end ? NO_BYTES : pieces.apply(token).clone();
		}
		trie = new TokenTrie(size, token -> this.pieces[token]);
	}

	/** Number of tokens. */
	public int size() {
		return pieces.length;
	}

	/** Not to be changed. */
	byte[] piece(int token) {
		return pieces[token];
	}

	boolean isEndOfGeneration(int token) {
		return endOfGeneration.get(token);
	}

	BitSet endOfGeneration() {
		return endOfGeneration;
	}

	TokenTrie trie() {
		return trie;
	}

}
