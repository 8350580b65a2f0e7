package dev.corral.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;

/**
 * A deterministic automaton over code points: a regular language, ready to be intersected with others. From every state an
 * accepting one can be reached, except that an empty language has no state at all. Immutable.
 *
 * @param states state 0 is the first
 */
record Dfa(List<State> states) {

	static final Dfa EMPTY = new Dfa(List.of());

	Dfa {
		states = List.copyOf(states);
	}

	/** @param transitions ascending and disjoint */
	record State(boolean accepting, List<Transition> transitions) {

		@Nullable
		Transition on(int codePoint) {
			for (var transition : transitions) {
				if (codePoint >= transition.low() && codePoint <= transition.high()) {
					return transition;
				}
			}
			return null;
		}

	}

	record Transition(int low, int high, int target) {
	}

	boolean isEmpty() {
		return states.isEmpty();
	}

	boolean accepts(String text) {
		if (isEmpty()) {
			return false;
		}
		var state = states.getFirst();
		for (int codePoint : text.codePoints().toArray()) {
			var transition = state.on(codePoint);
			if (transition == null) {
				return false;
			}
			state = states.get(transition.target());
		}
		return state.accepting();
	}

	/**
	 * The texts that both accept.
	 *
	 * @throws InvalidParameter if that needs too many states or steps
	 */
	Dfa intersect(Dfa other, Budget budget, Place place) {
		if (isEmpty() || other.isEmpty()) {
			return EMPTY;
		}
		var numbers = new HashMap<Pair, Integer>(Map.of(new Pair(0, 0), 0));
		var pairs = new ArrayList<>(List.of(new Pair(0, 0)));
		var product = new ArrayList<State>();
		for (int i = 0; i < pairs.size(); i++) {
			var left = states.get(pairs.get(i).left());
			var right = other.states.get(pairs.get(i).right());
			var transitions = new ArrayList<Transition>();
			for (int l = 0, r = 0; l < left.transitions.size() && r < right.transitions.size();) {
				var a = left.transitions.get(l);
				var b = right.transitions.get(r);
				int low = Math.max(a.low, b.low);
				int high = Math.min(a.high, b.high);
				if (low <= high) {
					var pair = new Pair(a.target, b.target);
					var known = numbers.putIfAbsent(pair, pairs.size());
					if (known == null) {
						pairs.add(pair);
					}
					transitions.add(new Transition(low, high, known == null ? pairs.size() - 1 : known));
				}
				if (a.high < b.high) {
					l++;
				} else {
					r++;
				}
			}
			budget.spend(1 + transitions.size(), place);
			DfaBuilder.checkStates(pairs.size(), budget, place);
			product.add(new State(left.accepting && right.accepting, transitions));
		}
		return new Dfa(product).trimmed();
	}

	/** The texts that this one does not accept. */
	Dfa complement() {
		int rest = states.size();
		var complement = new ArrayList<State>();
		for (var state : states) {
			var transitions = new ArrayList<Transition>();
			int free = 0;
			for (var transition : state.transitions) {
				addGap(transitions, free, transition.low - 1, rest);
				transitions.add(transition);
				free = transition.high + 1;
			}
			addGap(transitions, free, CodePointSet.MAX, rest);
			complement.add(new State(!state.accepting, transitions));
		}
		complement.add(new State(true, List.of(new Transition(0, CodePointSet.MAX, rest))));
		return new Dfa(complement).trimmed();
	}

	private static void addGap(List<Transition> transitions, int low, int high, int target) {
		if (low <= high) {
			transitions.add(new Transition(low, high, target));
		}
	}

	/** The same language without the states from which no accepting one can be reached. */
	Dfa trimmed() {
		var alive = alive();
		if (!alive[0]) {
			return EMPTY;
		}
		var numbers = new int[states.size()];
		int kept = 0;
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = kept;
			kept += alive[i] ? 1 : 0;
		}
		var trimmed = new ArrayList<State>(kept);
		for (int i = 0; i < numbers.length; i++) {
			if (alive[i]) {
				trimmed.add(new State(states.get(i).accepting, states.get(i).transitions.stream()
						.filter(transition -> alive[transition.target])
						.map(transition -> new Transition(transition.low, transition.high, numbers[transition.target]))
						.toList()));
			}
		}
		return new Dfa(trimmed);
	}

	private boolean[] alive() {
		var sources = new ArrayList<List<Integer>>();
		states.forEach(_ -> sources.add(new ArrayList<>()));
		var alive = new boolean[states.size()];
		var open = new ArrayList<Integer>();
		for (int i = 0; i < alive.length; i++) {
			for (var transition : states.get(i).transitions) {
				sources.get(transition.target).add(i);
			}
			if (states.get(i).accepting) {
				open.add(i);
			}
		}
		while (!open.isEmpty()) {
			int state = open.removeLast();
			if (!alive[state]) {
				alive[state] = true;
				open.addAll(sources.get(state));
			}
		}
		return alive;
	}

	/** Adds the ways between two nodes that read a text of this language. */
	void write(Nfa nfa, int from, Encoding encoding, int to) {
		var nodes = new int[states.size()];
		for (int i = 0; i < nodes.length; i++) {
			nodes[i] = nfa.node();
		}
		if (nodes.length > 0) {
			nfa.epsilon(from, nodes[0]);
		}
		for (int i = 0; i < nodes.length; i++) {
			var byTarget = new HashMap<Integer, List<CodePointSet>>();
			for (var transition : states.get(i).transitions) {
				byTarget.computeIfAbsent(transition.target, _ -> new ArrayList<>())
						.add(CodePointSet.of(transition.low, transition.high));
			}
			int node = nodes[i];
			byTarget.forEach(
					(target, sets) -> encoding.write(nfa, node, CodePointSet.union(sets), nodes[target]));
			if (states.get(i).accepting) {
				nfa.epsilon(node, to);
			}
		}
	}

	private record Pair(int left, int right) {
	}

}
