package dev.corral.grammar;

import java.util.Arrays;

/** Cuts bytes that are certain to follow into tokens. */
final class ForcedTokens {

	private final TokenTrie trie;

	private final StateSpace space;

	private final Closure closure;

	ForcedTokens(TokenTrie trie, StateSpace space, Closure closure) {
		this.trie = trie;
		this.space = space;
		this.closure = closure;
	}

	/**
	 * The tokens of a beginning of the bytes.
	 *
	 * @param state where the bytes begin
	 */
	int[] of(State state, byte[] bytes) {
		var states = new State[bytes.length + 1];
		states[0] = state;
		for (int i = 0; i < bytes.length; i++) {
			states[i + 1] = space.next(states[i], space.automaton().classOf(bytes[i]), closure);
		}
		var tokens = new int[bytes.length];
		int count = 0;
		for (int at = 0; at < bytes.length;) {
			int node = -1;
			int longest = -1;
			int length = 0;
			for (int i = at; i < bytes.length; i++) {
				node = trie.child(node, bytes[i]);
				if (node < 0) {
					break;
				}
				if (trie.firstToken(node) < trie.firstToken(node + 1)) {
					longest = node;
					length = i + 1 - at;
				}
			}
			if (longest < 0 || (node >= 0 && reachesFurther(node, states[bytes.length]))) {
				break;
			}
			tokens[count++] = trie.token(trie.firstToken(longest));
			at += length;
		}
		return Arrays.copyOf(tokens, count);
	}

	/** Whether a token below the node, which stands for the end of the bytes, is allowed there. */
	private boolean reachesFurther(int node, State state) {
		int base = trie.depth(node) + 1;
		var path = new State[trie.maxDepth() + 1];
		path[base] = state;
		for (int below = node + 1; below < trie.end(node);) {
			int depth = trie.depth(below);
			var to = space.next(path[depth], space.automaton().classOf(trie.label(below)), closure);
			if (to == State.DEAD) {
				below = trie.end(below);
				continue;
			}
			if (trie.firstToken(below) < trie.firstToken(below + 1)) {
				return true;
			}
			path[depth + 1] = to;
			below++;
		}
		return false;
	}

}
