package dev.corral.grammar;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * All that the text so far says about what may follow: the nodes that could read the next byte, each in its context. States
 * are made on demand and remember where each class of bytes leads.
 *
 * <p>
 * Safe for threads without locks: all fields are final, and an entry of {@link #next} is only ever set to states that are equal.
 */
final class State {

	/** Where no text can go. */
	static final State DEAD = new State(new int[0], new Context[0], false, 0);

	private final int[] nodes;

	private final Context[] contexts;

	private final boolean accepting;

	private final int hash;

	private final @Nullable State[] next;

	/**
	 * @param nodes ascending; the context of each has the same index
	 * @param classes how many classes of bytes the automaton tells apart
	 */
	State(int[] nodes, Context[] contexts, boolean accepting, int classes) {
		this.nodes = nodes;
		this.contexts = contexts;
		this.accepting = accepting;
		this.next = new State[classes];
		int code = Boolean.hashCode(accepting);
		for (int i = 0; i < nodes.length; i++) {
			code = 31 * (31 * code + nodes[i]) + contexts[i].hashCode();
		}
		hash = code;
	}

	/** About how much memory it takes, without the contexts; with a pointer of 8 bytes, as large heaps have. */
	long bytes() {
		return 96 + (Integer.BYTES + 8L) * nodes.length + 8L * next.length;
	}

	/** The same state with nothing known of what follows. */
	State fresh(int classes) {
		return new State(nodes, contexts, accepting, classes);
	}

	int size() {
		return nodes.length;
	}

	int node(int index) {
		return nodes[index];
	}

	Context context(int index) {
		return contexts[index];
	}

	/** Whether the text may end here. */
	boolean accepting() {
		return accepting;
	}

	/** Where this class of bytes leads, or {@code null} if nobody has asked yet. */
	@Nullable
	State next(int byteClass) {
		return next[byteClass];
	}

	void leadsTo(int byteClass, State state) {
		next[byteClass] = state;
	}

	@Override
	public boolean equals(Object other) {
		if (!(other instanceof State state) || hash != state.hash || accepting != state.accepting
				|| !Arrays.equals(nodes, state.nodes)) {
			return false;
		}
		for (int i = 0; i < contexts.length; i++) {
			if (contexts[i] != state.contexts[i]) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int hashCode() {
		return hash;
	}

}
