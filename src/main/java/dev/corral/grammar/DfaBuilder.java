package dev.corral.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.corral.inference.InvalidParameter;

/**
 * Makes expressions without calls deterministic by subset construction (Rabin and Scott 1959). Anchors are honoured wherever
 * they stand: those of the beginning lead on from the first state only, those of the end only decide whether a state accepts.
 */
final class DfaBuilder {

	private final Nfa nfa;

	private final int end;

	private final Budget budget;

	private final Place place;

	private final Map<Subset, Integer> numbers = new HashMap<>();

	private final List<Subset> subsets = new ArrayList<>();

	private DfaBuilder(Nfa nfa, int end, Budget budget, Place place) {
		this.nfa = nfa;
		this.end = end;
		this.budget = budget;
		this.place = place;
	}

	/**
	 * The texts that the expression matches as a whole.
	 *
	 * @throws InvalidParameter if that needs too many states or steps
	 */
	static Dfa matching(Expression expression, Budget budget, Place place) {
		var nfa = new Nfa(place, budget.limits());
		int start = nfa.node();
		int end = nfa.node();
		new ExpressionWriter(nfa, Encoding.CODE_POINTS).write(start, expression, end);
		return new DfaBuilder(nfa, end, budget, place).build(start);
	}

	/** The texts in which the expression matches somewhere. */
	static Dfa containing(Expression expression, Budget budget, Place place) {
		var anything = Expression.anyNumberOf(new Expression.Characters(CodePointSet.ALL));
		return matching(Expression.sequence(anything, expression, anything), budget, place);
	}

	static void checkStates(int states, Budget budget, Place place) {
		if (states > budget.limits().patternStates()) {
			throw place.problem("it needs more than %d states".formatted(budget.limits().patternStates()));
		}
	}

	private Dfa build(int start) {
		number(new int[]{start}, true);
		var states = new ArrayList<Dfa.State>();
		for (int i = 0; i < subsets.size(); i++) {
			states.add(new Dfa.State(subsets.get(i).accepting, transitions(subsets.get(i))));
		}
		return new Dfa(states).trimmed();
	}

	private List<Dfa.Transition> transitions(Subset subset) {
		var edges = new ArrayList<Integer>();
		for (int node : subset.nodes) {
			for (int edge = nfa.firstEdge(node); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
				if (nfa.low(edge) >= 0) {
					edges.add(edge);
				}
			}
		}
		var starts = edges.stream().flatMapToInt(edge -> IntStream.of(nfa.low(edge), nfa.high(edge) + 1))
				.sorted().distinct().toArray();
		var transitions = new ArrayList<Dfa.Transition>();
		for (int i = 0; i + 1 < starts.length; i++) {
			int low = starts[i];
			budget.spend(1 + edges.size(), place);
			var targets = edges.stream().filter(edge -> nfa.low(edge) <= low && nfa.high(edge) >= low)
					.mapToInt(nfa::target).distinct().toArray();
			if (targets.length > 0) {
				append(transitions, new Dfa.Transition(low, starts[i + 1] - 1, number(targets, false)));
			}
		}
		return transitions;
	}

	private static void append(List<Dfa.Transition> transitions, Dfa.Transition next) {
		if (!transitions.isEmpty() && transitions.getLast().target() == next.target()
				&& transitions.getLast().high() + 1 == next.low()) {
			next = new Dfa.Transition(transitions.removeLast().low(), next.high(), next.target());
		}
		transitions.add(next);
	}

	private int number(int[] nodes, boolean start) {
		var reached = closure(nodes, start, false);
		var kernel = reached.stream().filter(this::readsSymbols).toArray();
		boolean accepting = reached.get(end) || closure(nodes, start, true).get(end);
		var subset = new Subset(kernel, accepting);
		var known = numbers.putIfAbsent(subset, subsets.size());
		if (known != null) {
			return known;
		}
		subsets.add(subset);
		checkStates(subsets.size(), budget, place);
		return subsets.size() - 1;
	}

	private boolean readsSymbols(int node) {
		for (int edge = nfa.firstEdge(node); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
			if (nfa.low(edge) >= 0) {
				return true;
			}
		}
		return false;
	}

	private BitSet closure(int[] nodes, boolean atStart, boolean atEnd) {
		var reached = new BitSet();
		var open = new ArrayList<Integer>();
		Arrays.stream(nodes).forEach(open::add);
		while (!open.isEmpty()) {
			int node = open.removeLast();
			if (reached.get(node)) {
				continue;
			}
			reached.set(node);
			budget.spend(1, place);
			for (int edge = nfa.firstEdge(node); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
				if (nfa.low(edge) == Nfa.EPSILON || (atStart && nfa.low(edge) == Nfa.AT_START)
						|| (atEnd && nfa.low(edge) == Nfa.AT_END)) {
					open.add(nfa.target(edge));
				}
			}
		}
		return reached;
	}

	private static final class Subset {

		/** Those that read symbols, ascending. */
		private final int[] nodes;

		private final boolean accepting;

		private Subset(int[] nodes, boolean accepting) {
			this.nodes = nodes;
			this.accepting = accepting;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Subset subset && accepting == subset.accepting
					&& Arrays.equals(nodes, subset.nodes);
		}

		@Override
		public int hashCode() {
			return 31 * Arrays.hashCode(nodes) + Boolean.hashCode(accepting);
		}

	}

}
