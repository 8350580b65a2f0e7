package dev.corral.grammar;

import java.util.Arrays;

/**
 * Follows one reply through a grammar and says which tokens may come next. Used by one thread at a time.
 *
 * <p>
 * Whatever a matcher has accepted can be completed as far as bytes are concerned. A vocabulary that cannot write a needed byte is
 * the one way into a dead end; then {@link #apply} throws.
 */
public final class GrammarMatcher {

	/** More bytes than this are not forced at once; a constant text may be as long as a constraint. */
	private static final int MAX_FORCED_BYTES = 1024;

	private final Grammar grammar;

	private final GrammarVocabulary vocabulary;

	private final StateSpace space;

	private final TokenMasks masks;

	private final Closure closure;

	private State state;

	private boolean ended;

	/** A matcher at the beginning of a reply. */
	public GrammarMatcher(Grammar grammar, GrammarVocabulary vocabulary) {
		this.grammar = grammar;
		this.vocabulary = vocabulary;
		this.space = grammar.space();
		this.masks = grammar.masks(vocabulary);
		this.closure = new Closure(space.automaton());
		this.state = space.start(closure);
	}

	/** A matcher at the same place that goes its own way. */
	public GrammarMatcher copy() {
		var copy = new GrammarMatcher(grammar, vocabulary);
		copy.state = state;
		copy.ended = ended;
		return copy;
	}

	/**
	 * Sets the logits of the tokens that may not come next to negative infinity.
	 *
	 * @param logits one for each token; more than the vocabulary has are not allowed either
	 * @throws IllegalStateException if no token can follow
	 */
	public void apply(float[] logits) {
		var mask = mask();
		int size = Math.min(logits.length, vocabulary.size());
		for (int word = 0; word < mask.length; word++) {
			int first = word * Long.SIZE;
			if (mask[word] == 0) {
				Arrays.fill(logits, Math.min(first, size), Math.min(first + Long.SIZE, size), Float.NEGATIVE_INFINITY);
			} else if (mask[word] != -1) {
				for (long denied = ~mask[word]; denied != 0; denied &= denied - 1) {
					int token = first + Long.numberOfTrailingZeros(denied);
					if (token < size) {
						logits[token] = Float.NEGATIVE_INFINITY;
					}
				}
			}
		}
		Arrays.fill(logits, size, logits.length, Float.NEGATIVE_INFINITY);
	}

	/** The tokens that may come next, one bit each, lowest bit first. Not to be changed. */
	long[] mask() {
		if (ended) {
			throw new IllegalStateException("The reply has ended; nothing can follow");
		}
		return masks.of(state, vocabulary, closure);
	}

	/** Whether this token may come next. */
	public boolean allows(int token) {
		if (ended || token < 0 || token >= vocabulary.size()) {
			return false;
		}
		if (vocabulary.isEndOfGeneration(token)) {
			return complete();
		}
		return vocabulary.piece(token).length > 0 && after(vocabulary.piece(token)) != State.DEAD;
	}

	/**
	 * Takes the next token.
	 *
	 * @throws IllegalArgumentException if it may not come next; the matcher is unchanged
	 */
	public void accept(int token) {
		if (!allows(token)) {
			throw new IllegalArgumentException(
					"Token %d may not follow under this reply's constraint".formatted(token));
		}
		if (vocabulary.isEndOfGeneration(token)) {
			ended = true;
		} else {
			state = space.unique(after(vocabulary.piece(token)));
		}
	}

	/** Whether the reply may end here. */
	public boolean complete() {
		return ended || state.accepting();
	}

	/** Whether nothing but the end can follow. */
	public boolean mustEnd() {
		return ended || (state.accepting() && state.size() == 0);
	}

	/**
	 * The tokens of the bytes that are the only way on, each the longest that fits; none if there is a choice. Stops before a
	 * token that could have been part of a longer one reaching into what is open, for there the model has a choice of tokens.
	 */
	public int[] forced() {
		var bytes = forcedBytes();
		return ended || bytes.length == 0
				? new int[0]
				: new ForcedTokens(vocabulary.trie(), space, closure).of(state, bytes);
	}

	private byte[] forcedBytes() {
		var bytes = new byte[MAX_FORCED_BYTES];
		int length = 0;
		var at = state;
		while (length < bytes.length && !at.accepting()) {
			int only = onlyByte(at);
			if (only == Nfa.NONE) {
				break;
			}
			bytes[length++] = (byte) only;
			at = space.next(at, space.automaton().classOf((byte) only), closure);
		}
		return Arrays.copyOf(bytes, length);
	}

	private int onlyByte(State at) {
		var automaton = space.automaton();
		int only = Nfa.NONE;
		for (int i = 0; i < at.size(); i++) {
			for (int edge = automaton.firstEdge(at.node(i)); edge < automaton.firstEdge(at.node(i) + 1); edge++) {
				if (automaton.low(edge) < 0) {
					continue;
				}
				int value = automaton.onlyByteOf(automaton.low(edge));
				if (automaton.low(edge) != automaton.high(edge) || value == Nfa.NONE
						|| (only != Nfa.NONE && only != value)) {
					return Nfa.NONE;
				}
				only = value;
			}
		}
		return only;
	}

	private State after(byte[] bytes) {
		var at = state;
		for (byte next : bytes) {
			if (at == State.DEAD) {
				break;
			}
			at = space.next(at, space.automaton().classOf(next), closure);
		}
		return at;
	}

}
