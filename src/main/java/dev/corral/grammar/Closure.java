package dev.corral.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.grammar.Context.Frame;

/**
 * Room to work out one state: all that can be reached without reading a byte. Each matcher has one; not safe for threads.
 *
 * <p>
 * Rules that are called are entered in the order of their rank. Since no rule is left-recursive, all callers of a rule at this
 * byte are known by then and make up one {@link Context}. A rule that may be empty is also passed over where it is called, so
 * that one which ends at the byte where it began needs no further care.
 */
final class Closure {

	/** Steps for one state: far more than sensible grammars take, and few enough that they take milliseconds. */
	private static final int MAX_STEPS = 20_000;

	private final Automaton automaton;

	private final List<Item> items = new ArrayList<>();

	private final List<Item> reading = new ArrayList<>();

	private final ItemSet seen = new ItemSet();

	private final @Nullable List<Frame>[] callers;

	private final BitSet called = new BitSet();

	private int expanded;

	private boolean accepting;

	private long steps;

	private long stepsAtBegin;

	@SuppressWarnings({"unchecked", "rawtypes"})
	Closure(Automaton automaton) {
		this.automaton = automaton;
		this.callers = new List[automaton.rules()];
	}

	/** How many steps all closures together have taken so far. */
	long steps() {
		return steps;
	}

	void begin() {
		stepsAtBegin = steps;
		items.clear();
		seen.clear();
		called.stream().forEach(rank -> callersOf(automaton.ruleOfRank(rank)).clear());
		called.clear();
		expanded = 0;
		accepting = false;
	}

	void add(int node, Context context) {
		if (seen.add(node, context)) {
			items.add(new Item(node, context));
			spend(1);
		}
	}

	/** Calls a rule after whose end the context's callers go on. */
	void call(int rule, Context context) {
		addCallers(rule, context.frames());
		if (automaton.isNullable(rule)) {
			end(context);
		}
	}

	/** The state reached. */
	State finish(StateSpace space) {
		expand();
		for (int rank = called.nextSetBit(0); rank >= 0; rank = called.nextSetBit(rank + 1)) {
			int rule = automaton.ruleOfRank(rank);
			var frames = callersOf(rule);
			add(automaton.entry(rule), space.context(frames));
			frames.clear();
			called.clear(rank);
			expand();
		}
		return state(space);
	}

	private State state(StateSpace space) {
		reading.clear();
		for (int i = 0; i < items.size(); i++) {
			if (automaton.reads(items.get(i).node)) {
				reading.add(items.get(i));
			}
		}
		if (reading.isEmpty() && !accepting) {
			return State.DEAD;
		}
		reading.sort(Item.ORDER);
		var nodes = new int[reading.size()];
		var contexts = new Context[nodes.length];
		for (int i = 0; i < nodes.length; i++) {
			nodes[i] = reading.get(i).node;
			contexts[i] = reading.get(i).context;
		}
		return space.unique(new State(nodes, contexts, accepting, 0));
	}

	private void expand() {
		while (expanded < items.size()) {
			var item = items.get(expanded++);
			if (automaton.isExit(item.node)) {
				end(item.context);
			}
			for (int edge = automaton.firstEdge(item.node); edge < automaton.firstEdge(item.node + 1); edge++) {
				if (automaton.low(edge) == Nfa.EPSILON) {
					add(automaton.target(edge), item.context);
				} else if (automaton.low(edge) == Nfa.CALL) {
					call(automaton.high(edge), automaton.target(edge), item.context);
				}
			}
		}
	}

	private void end(Context context) {
		for (var frame : context.frames()) {
			if (frame.parent() == null) {
				accepting = true;
			} else {
				add(frame.returnNode(), frame.parent());
			}
		}
	}

	private void call(int rule, int returnNode, Context context) {
		if (automaton.isTail(returnNode)) {
			// Its end is the caller's end too, so that recursion at the end of a rule needs no ever deeper context.
			addCallers(rule, context.frames());
		} else {
			callersOf(rule).add(new Frame(returnNode, context));
		}
		if (automaton.isNullable(rule)) {
			add(returnNode, context);
		}
	}

	private void addCallers(int rule, Frame[] frames) {
		spend(frames.length);
		callersOf(rule).addAll(Arrays.asList(frames));
	}

	private void spend(int more) {
		steps += more;
		if (steps - stepsAtBegin > MAX_STEPS) {
			throw new TooAmbiguous("to read one byte of it", MAX_STEPS);
		}
	}

	private List<Frame> callersOf(int rule) {
		called.set(automaton.rank(rule));
		var frames = callers[rule];
		if (frames == null) {
			frames = new ArrayList<>();
			callers[rule] = frames;
		}
		return frames;
	}

	/** A node in a context. */
	private record Item(int node, Context context) {

		static final Comparator<Item> ORDER = (a, b) -> a.node != b.node
				? Integer.compare(a.node, b.node)
				: Integer.compare(a.context.hashCode(), b.context.hashCode());

	}

	/** The items seen, by identity of their contexts; open addressing. */
	private static final class ItemSet {

		private static final int SMALL = 64;

		private int[] nodes = new int[SMALL];

		private @Nullable Context[] contexts = new Context[SMALL];

		private int size;

		void clear() {
			if (nodes.length > SMALL) {
				nodes = new int[SMALL];
				contexts = new Context[SMALL];
			} else {
				Arrays.fill(contexts, null);
			}
			size = 0;
		}

		boolean add(int node, Context context) {
			if (2 * size >= nodes.length) {
				grow();
			}
			int mask = nodes.length - 1;
			int slot = (((node * 0x9E3779B9) ^ (context.hashCode() * 0x85EBCA6B)) >>> 7) & mask;
			while (contexts[slot] != null) {
				if (nodes[slot] == node && contexts[slot] == context) {
					return false;
				}
				slot = (slot + 1) & mask;
			}
			nodes[slot] = node;
			contexts[slot] = context;
			size++;
			return true;
		}

		private void grow() {
			var oldNodes = nodes;
			var oldContexts = contexts;
			nodes = new int[2 * oldNodes.length];
			contexts = new Context[nodes.length];
			size = 0;
			for (int i = 0; i < oldNodes.length; i++) {
				var context = oldContexts[i];
				if (context != null) {
					add(oldNodes[i], context);
				}
			}
		}

	}

}
