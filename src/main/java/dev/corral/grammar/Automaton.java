package dev.corral.grammar;

import java.util.Arrays;
import java.util.BitSet;

import dev.corral.inference.InvalidParameter;

/**
 * A finished pushdown automaton over bytes. Bytes between which no edge tells a difference form a class, and edges read ranges
 * of classes. From every node its rule's exit can be reached, so whatever has been read can be completed. Immutable.
 */
final class Automaton {

	private final int[] firstEdge;

	/** The lowest class, {@link Nfa#EPSILON} or {@link Nfa#CALL}. */
	private final int[] low;

	/** The highest class, or the rule called. */
	private final int[] high;

	private final int[] target;

	private final boolean[] exit;

	private final boolean[] reads;

	private final boolean[] tail;

	private final int[] entry;

	private final boolean[] nullable;

	private final int[] rank;

	private final int[] ruleOfRank;

	private final int[] classOfByte = new int[256];

	private final int[] onlyByteOfClass;

	private final int root;

	/**
	 * @param root the rule that the whole text is derived from
	 * @throws InvalidParameter if a rule can never end or calls itself before it has read anything
	 */
	Automaton(Nfa nfa, int root) {
		var analysis = new NfaAnalysis(nfa);
		this.root = root;
		nullable = analysis.nullable();
		ruleOfRank = analysis.callersFirst();
		rank = new int[ruleOfRank.length];
		for (int i = 0; i < ruleOfRank.length; i++) {
			rank[ruleOfRank[i]] = i;
		}
		onlyByteOfClass = classify(nfa);
		entry = nfa.rules().stream().mapToInt(Nfa.Rule::entry).toArray();
		exit = new boolean[nfa.nodes()];
		nfa.rules().forEach(rule -> exit[rule.exit()] = true);
		reads = new boolean[nfa.nodes()];
		firstEdge = new int[nfa.nodes() + 1];
		low = new int[nfa.edges()];
		high = new int[nfa.edges()];
		target = new int[nfa.edges()];
		copyEdges(nfa, analysis.productive());
		tail = new boolean[nfa.nodes()];
		for (int node = 0; node < tail.length; node++) {
			tail[node] = leadsOnlyToExit(node);
		}
	}

	/** @return for each class its byte, or {@link Nfa#NONE} if it has several */
	private int[] classify(Nfa nfa) {
		var begins = new BitSet();
		begins.set(0);
		for (int edge = 0; edge < nfa.edges(); edge++) {
			if (nfa.low(edge) >= 0) {
				begins.set(nfa.low(edge));
				begins.set(nfa.high(edge) + 1);
			}
		}
		int classes = 0;
		var onlyByte = new int[256];
		for (int value = 0; value < 256; value++) {
			classes += begins.get(value) ? 1 : 0;
			classOfByte[value] = classes - 1;
			onlyByte[classes - 1] = begins.get(value) ? value : Nfa.NONE;
		}
		return Arrays.copyOf(onlyByte, classes);
	}

	private void copyEdges(Nfa nfa, BitSet productive) {
		int edges = 0;
		for (int node = 0; node < nfa.nodes(); node++) {
			firstEdge[node] = edges;
			for (int edge = nfa.firstEdge(node); edge != Nfa.NONE; edge = nfa.nextEdge(edge)) {
				if (!productive.get(nfa.target(edge))) {
					continue;
				}
				boolean symbols = nfa.low(edge) >= 0;
				low[edges] = symbols ? classOfByte[nfa.low(edge)] : nfa.low(edge);
				high[edges] = symbols ? classOfByte[nfa.high(edge)] : nfa.high(edge);
				target[edges++] = nfa.target(edge);
				reads[node] |= symbols;
			}
		}
		firstEdge[nfa.nodes()] = edges;
	}

	private boolean leadsOnlyToExit(int node) {
		int at = node;
		while (!exit[at]) {
			int edge = firstEdge[at];
			if (firstEdge[at + 1] != edge + 1 || low[edge] != Nfa.EPSILON) {
				return false;
			}
			at = target[edge];
		}
		return true;
	}

	/** About how much memory it takes. */
	long bytes() {
		return 3L * Integer.BYTES * low.length + (Integer.BYTES + 3L) * exit.length
				+ (3L * Integer.BYTES + 1) * entry.length;
	}

	int root() {
		return root;
	}

	int rules() {
		return entry.length;
	}

	int classes() {
		return onlyByteOfClass.length;
	}

	int classOf(byte value) {
		return classOfByte[value & 0xFF];
	}

	/** The byte that alone forms this class, or {@link Nfa#NONE}. */
	int onlyByteOf(int byteClass) {
		return onlyByteOfClass[byteClass];
	}

	/** The edges of a node are numbered from here to before the first edge of the next node. */
	int firstEdge(int node) {
		return firstEdge[node];
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

	boolean isExit(int node) {
		return exit[node];
	}

	/** Whether the node has an edge that reads a byte. */
	boolean reads(int node) {
		return reads[node];
	}

	/** Whether all that can happen at this node is that its rule ends. */
	boolean isTail(int node) {
		return tail[node];
	}

	int entry(int rule) {
		return entry[rule];
	}

	/** Whether a rule can end without having read anything. */
	boolean isNullable(int rule) {
		return nullable[rule];
	}

	/** A rule has a lower rank than those it may call before it has read anything. */
	int rank(int rule) {
		return rank[rule];
	}

	int ruleOfRank(int rank) {
		return ruleOfRank[rank];
	}

}
