package dev.corral.grammar;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

import dev.corral.inference.InvalidParameter;

/** What has to be known of the rules of an automaton before it can run. Takes time linear in its size. */
final class NfaAnalysis {

	private final Nfa nfa;

	private final int[] sourceOf;

	/** Chains of edges: those that lead to the same node, and those that call the same rule. */
	private final int[] firstInto;

	private final int[] nextInto;

	private final int[] firstCall;

	private final int[] nextCall;

	private final BitSet productive;

	private final boolean[] nullable;

	private final int[] callersFirst;

	/** @throws InvalidParameter if a rule can never end or calls itself before it has read anything */
	NfaAnalysis(Nfa nfa) {
		this.nfa = nfa;
		sourceOf = new int[nfa.edges()];
		firstInto = none(nfa.nodes());
		nextInto = none(nfa.edges());
		firstCall = none(nfa.rules().size());
		nextCall = none(nfa.edges());
		chainEdges();
		productive = nodesThatReachTheirExit(true);
		for (var rule : nfa.rules()) {
			if (!productive.get(rule.entry())) {
				throw rule.place().problem("it can never be completed, for all its ways need it again or need nothing");
			}
		}
		var empty = nodesThatReachTheirExit(false);
		nullable = new boolean[nfa.rules().size()];
		for (int rule = 0; rule < nullable.length; rule++) {
			nullable[rule] = empty.get(nfa.rules().get(rule).entry());
		}
		callersFirst = sorted();
	}

	private static int[] none(int size) {
		var none = new int[size];
		Arrays.fill(none, Nfa.NONE);
		return none;
	}

	private void chainEdges() {
		for (int node = 0; node < nfa.nodes(); node++) {
			for (int edge = nfa.firstEdge(node); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
				sourceOf[edge] = node;
				nextInto[edge] = firstInto[nfa.target(edge)];
				firstInto[nfa.target(edge)] = edge;
				if (nfa.low(edge) == Nfa.CALL) {
					nextCall[edge] = firstCall[nfa.high(edge)];
					firstCall[nfa.high(edge)] = edge;
				}
			}
		}
	}

	/** The nodes from which the exit of their rule can be reached. */
	BitSet productive() {
		return productive;
	}

	/** For each rule, whether it can end without reading anything. */
	boolean[] nullable() {
		return nullable;
	}

	/** The rules, each before those it may call before it has read anything. */
	int[] callersFirst() {
		return callersFirst;
	}

	private BitSet nodesThatReachTheirExit(boolean reading) {
		var reached = new BitSet();
		var open = new ArrayDeque<Integer>();
		var ruleOfEntry = new int[nfa.nodes()];
		for (int i = 0; i < nfa.rules().size(); i++) {
			ruleOfEntry[nfa.rules().get(i).entry()] = i + 1;
			open.add(nfa.rules().get(i).exit());
		}
		while (!open.isEmpty()) {
			int node = open.remove();
			if (reached.get(node)) {
				continue;
			}
			reached.set(node);
			for (int edge = firstInto[node]; edge != Nfa.NONE; edge = nextInto[edge]) {
				if (passable(edge, reading, reached)) {
					open.add(sourceOf[edge]);
				}
			}
			if (ruleOfEntry[node] > 0) {
				for (int call = firstCall[ruleOfEntry[node] - 1]; call != Nfa.NONE; call = nextCall[call]) {
					if (reached.get(nfa.target(call))) {
						open.add(sourceOf[call]);
					}
				}
			}
		}
		return reached;
	}

	private boolean passable(int edge, boolean reading, BitSet reached) {
		return switch (nfa.low(edge)) {
			case Nfa.EPSILON -> true;
			case Nfa.CALL -> reached.get(nfa.rules().get(nfa.high(edge)).entry());
			default -> reading;
		};
	}

	/** Topological order by depth-first search, without recursion because chains of rules may be long. */
	private int[] sorted() {
		int rules = nfa.rules().size();
		var order = new int[rules];
		int free = rules;
		var opened = new BitSet();
		var closed = new BitSet();
		var path = new ArrayDeque<Visit>();
		for (int first = 0; first < rules; first++) {
			if (!opened.get(first)) {
				opened.set(first);
				path.push(new Visit(first, firstCalls(first)));
			}
			while (!path.isEmpty()) {
				var visit = path.element();
				if (visit.calls.isEmpty()) {
					closed.set(visit.rule);
					order[--free] = visit.rule;
					path.pop();
					continue;
				}
				int called = visit.calls.pop();
				if (opened.get(called) && !closed.get(called)) {
					throw nfa.rules().get(called).place()
							.problem("it is left-recursive: it can call itself before it has read anything");
				}
				if (!opened.get(called)) {
					opened.set(called);
					path.push(new Visit(called, firstCalls(called)));
				}
			}
		}
		return order;
	}

	/** The rules that this one may call before it has read anything. */
	private Deque<Integer> firstCalls(int rule) {
		var called = new ArrayDeque<Integer>();
		var seen = new BitSet();
		var open = new ArrayDeque<Integer>();
		open.add(nfa.rules().get(rule).entry());
		while (!open.isEmpty()) {
			int node = open.remove();
			if (seen.get(node)) {
				continue;
			}
			seen.set(node);
			for (int edge = nfa.firstEdge(node); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
				boolean call = nfa.low(edge) == Nfa.CALL;
				if (call) {
					called.push(nfa.high(edge));
				}
				if (nfa.low(edge) == Nfa.EPSILON || (call && nullable[nfa.high(edge)])) {
					open.add(nfa.target(edge));
				}
			}
		}
		return called;
	}

	private record Visit(int rule, Deque<Integer> calls) {
	}

}
