package dev.corral.grammar;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which tokens may follow, by state, for one grammar and one vocabulary. A mask has a bit for each token, lowest bit first.
 * Masks are kept for later replies until they take up too much room. Safe for threads.
 */
final class TokenMasks {

	/** Of all different masks and the table of states together; the states themselves are in the {@link StateSpace}. */
	static final long MAX_BYTES = 8 << 20;

	/** What a table takes for an entry, besides what the entry refers to. */
	private static final long ENTRY_BYTES = 48;

	/** A mask takes milliseconds; a grammar made to be slow must not hold up the engine for longer than tens of them. */
	private static final int MAX_STEPS = 500_000;

	private final StateSpace space;

	private final ConcurrentMap<State, long[]> masks = new ConcurrentHashMap<>();

	/** One of each, since places in a counted repetition mostly allow the same. */
	private final ConcurrentMap<Content, long[]> different = new ConcurrentHashMap<>();

	private final AtomicLong bytes = new AtomicLong();

	/** The states that masks are known of all come from this one: states of a forgotten one never come again and would only keep it. */
	private volatile Object generation;

	TokenMasks(StateSpace space) {
		this.space = space;
		generation = space.generation();
	}

	/** About how much memory they take. */
	long bytes() {
		return bytes.get();
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
		long maskBytes = (long) mask.length * Long.BYTES + ENTRY_BYTES;
		if (generation != space.generation() || bytes.get() + maskBytes > MAX_BYTES) {
			forget();
		}
		var same = different.putIfAbsent(new Content(mask), mask);
		if (masks.put(state, same == null ? mask : same) == null) {
			bytes.addAndGet(ENTRY_BYTES + (same == null ? maskBytes : 0));
		}
		return mask;
	}

	private void forget() {
		generation = space.generation();
		masks.clear();
		different.clear();
		bytes.set(0);
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
