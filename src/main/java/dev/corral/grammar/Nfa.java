package dev.corral.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.corral.inference.InvalidParameter;

/**
 * A nondeterministic pushdown automaton under construction: nodes, edges between them, and rules, each a part of the graph
 * with an entry and an exit that edges can call. The symbols are bytes or code points. Not safe for threads.
 */
final class Nfa {

	/** Kinds of edges, in place of the lowest symbol. A call has its rule in place of the highest. */
	static final int EPSILON = -1;
	static final int CALL = -2;
	static final int AT_START = -3;
	static final int AT_END = -4;

	static final int NONE = -1;

	private final Place place;

	private final GrammarLimits limits;

	private final List<Rule> rules = new ArrayList<>();

	private int nodes;

	private int edges;

	private int[] firstEdge = new int[64];

	private int[] nextEdge = new int[64];

	private int[] low = new int[64];

	private int[] high = new int[64];

	private int[] target = new int[64];

	/** @param place what errors about the size name */
	Nfa(Place place, GrammarLimits limits) {
		this.place = place;
		this.limits = limits;
	}

	/** @throws InvalidParameter if there are too many */
	int node() {
		if (nodes == limits.states()) {
			throw place.problem("it needs more than %d states".formatted(limits.states()));
		}
		if (nodes == firstEdge.length) {
			firstEdge = Arrays.copyOf(firstEdge, 2 * nodes);
		}
		firstEdge[nodes] = NONE;
		return nodes++;
	}

	/**
	 * A new rule, yet without content.
	 *
	 * @param place what errors about the rule name
	 * @throws InvalidParameter if there are too many
	 */
	int rule(Place place) {
		if (rules.size() == limits.rules()) {
			throw place.problem("there are more than %d rules".formatted(limits.rules()));
		}
		rules.add(new Rule(node(), node(), place));
		return rules.size() - 1;
	}

	void symbols(int from, int lowest, int highest, int to) {
		edge(from, lowest, highest, to);
	}

	void epsilon(int from, int to) {
		if (from != to) {
			edge(from, EPSILON, 0, to);
		}
	}

	void call(int from, int rule, int to) {
		edge(from, CALL, rule, to);
	}

	/** @param kind {@link #AT_START} or {@link #AT_END} */
	void anchor(int from, int kind, int to) {
		edge(from, kind, 0, to);
	}

	private void edge(int from, int lowest, int highest, int to) {
		// Every notation makes few edges per node; only hostile input does not.
		if (edges == 8L * limits.states()) {
			throw place.problem("it needs more than %d transitions".formatted(edges));
		}
		if (edges == low.length) {
			nextEdge = Arrays.copyOf(nextEdge, 2 * edges);
			low = Arrays.copyOf(low, 2 * edges);
			high = Arrays.copyOf(high, 2 * edges);
			target = Arrays.copyOf(target, 2 * edges);
		}
		nextEdge[edges] = firstEdge[from];
		low[edges] = lowest;
		high[edges] = highest;
		target[edges] = to;
		firstEdge[from] = edges++;
	}

	int nodes() {
		return nodes;
	}

	int edges() {
		return edges;
	}

	/** The first edge of a node, or {@link #NONE}. */
	int firstEdge(int node) {
		return firstEdge[node];
	}

	/** The edge after this one of the same node, or {@link #NONE}. */
	int nextEdge(int edge) {
		return nextEdge[edge];
	}

	int low(int edge) {
		return low[edge];
	}

	int high(int edge) {
		return high[edge];
	}

	int target(int edge) {
		return target[edge];
	}

	List<Rule> rules() {
		return rules;
	}

	/** @param place where its definition stands */
	record Rule(int entry, int exit, Place place) {
	}

}
