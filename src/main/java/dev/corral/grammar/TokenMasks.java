package dev.corral.grammar;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which tokens may follow, by state, for one grammar and one vocabulary. A mask has a bit for each token, lowest bit first.
 * Masks are kept for later replies until they take up too much room. Safe for threads.
 */
final class TokenMasks {

	/** Of all different masks together. */
	private static final int MAX_BYTES = 8 << 20;

	/** States whose masks are known; few of those masks are different. */
	private static final int MAX_STATES = 20_000;

	/** A mask takes milliseconds; a grammar made to be slow must not hold up the engine for longer than tens of them. */
	private static final int MAX_STEPS = 500_000;

	private final StateSpace space;

	private final ConcurrentMap<State, long[]> masks = new ConcurrentHashMap<>();

	/** One of each, since places in a counted repetition mostly allow the same. */
	private final ConcurrentMap<Content, long[]> different = new ConcurrentHashMap<>();

	TokenMasks(StateSpace space) {
		this.space = space;
	}

	/**
	 * The tokens that may follow in this state. Not to be changed.
	 *
	 * @param vocabulary always the same one; it is not kept, so that it can be freed
	 * @throws IllegalStateException if there is none, or finding them takes too long
	 */
	long[] of(State state, GrammarVocabulary vocabulary, Closure closure) {
		var known = masks.get(state);
		if (known != null) {
			return known;
		}
		var mask = walk(state, vocabulary, closure);
		if (masks.size() >= MAX_STATES || different.size() >= Math.max(16, MAX_BYTES / (mask.length * Long.BYTES))) {
			masks.clear();
			different.clear();
		}
		var same = different.putIfAbsent(new Content(mask), mask);
		masks.put(state, same == null ? mask : same);
		return mask;
	}

	private long[] walk(State start, GrammarVocabulary vocabulary, Closure closure) {
		var mask = new long[(vocabulary.size() + Long.SIZE - 1) / Long.SIZE];
		var trie = vocabulary.trie();
		var automaton = space.automaton();
		var path = new State[trie.maxDepth() + 1];
		path[0] = start;
		long limit = closure.steps() + MAX_STEPS;
		boolean any = false;
		for (int node = 0; node < trie.nodes();) {
			int depth = trie.depth(node);
			int byteClass = automaton.classOf(trie.label(node));
			var from = path[depth];
			var known = from.next(byteClass);
			var to = known == null ? next(from, byteClass, closure, limit) : known;
			if (to == State.DEAD) {
				node = trie.end(node);
				continue;
			}
			path[depth + 1] = to;
			for (int i = trie.firstToken(node); i < trie.firstToken(node + 1); i++) {
				set(mask, trie.token(i));
				any = true;
			}
			node++;
		}
		if (start.accepting()) {
			vocabulary.endOfGeneration().stream().forEach(token -> set(mask, token));
			any |= !vocabulary.endOfGeneration().isEmpty();
		}
		if (!any) {
			throw new IllegalStateException(
					"The constraint on this reply cannot be kept: no token of the vocabulary can follow");
		}
		return mask;
	}

	private State next(State from, int byteClass, Closure closure, long limit) {
		if (closure.steps() > limit) {
			throw new TooAmbiguous("to check the tokens that may follow", MAX_STEPS);
		}
		return space.next(from, byteClass, closure);
	}

	private static void set(long[] mask, int token) {
		mask[token >> 6] |= 1L << token;
	}

	/** A mask that equals those with the same bits. */
	private static final class Content {

		private final long[] mask;

		private Content(long[] mask) {
			this.mask = mask;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Content content && Arrays.equals(mask, content.mask);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(mask);
		}

	}

}
