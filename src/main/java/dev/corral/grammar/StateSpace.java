package dev.corral.grammar;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The states of one automaton, made when text first leads to them and kept for all who come later: a deterministic automaton that
 * grows (as in RE2's lazy DFA, Cox 2010). When it has grown to its limit it is forgotten and grows anew. Safe for threads.
 */
final class StateSpace {

	/** Of all states and contexts together, for some ten thousand of the usual ones. */
	static final long MAX_BYTES = 8 << 20;

	/** What a table takes for an entry, besides what the entry refers to. */
	private static final long ENTRY_BYTES = 48;

	private final Automaton automaton;

	private volatile Generation generation = new Generation();

	StateSpace(Automaton automaton) {
		this.automaton = automaton;
	}

	Automaton automaton() {
		return automaton;
	}

	/** The state of the empty text. */
	State start(Closure closure) {
		closure.begin();
		closure.call(automaton.root(), Context.WHOLE_TEXT);
		return closure.finish(this);
	}

	/** Where a byte of this class leads; {@link State#DEAD} if it cannot follow. */
	State next(State state, int byteClass, Closure closure) {
		var known = state.next(byteClass);
		if (known != null) {
			return known;
		}
		closure.begin();
		for (int i = 0; i < state.size(); i++) {
			int node = state.node(i);
			for (int edge = automaton.firstEdge(node); edge < automaton.firstEdge(node + 1); edge++) {
				if (automaton.low(edge) >= 0 && automaton.low(edge) <= byteClass && automaton.high(edge) >= byteClass) {
					closure.add(automaton.target(edge), state.context(i));
				}
			}
		}
		var next = closure.finish(this);
		state.leadsTo(byteClass, next);
		return next;
	}

	/** The state that stands for an equal one; a matcher trades its own in now and then, to let a forgotten space be freed. */
	State unique(State state) {
		var states = generation.states;
		var known = states.get(state);
		if (known != null) {
			return known;
		}
		var fresh = state.fresh(automaton.classes());
		long bytes = fresh.bytes() + ENTRY_BYTES;
		if (generation.bytes.addAndGet(bytes) > MAX_BYTES) {
			generation = new Generation();
			generation.bytes.addAndGet(bytes);
			states = generation.states;
		}
		var raced = states.putIfAbsent(fresh, fresh);
		return raced == null ? fresh : raced;
	}

	Context context(List<Context.Frame> frames) {
		var context = Context.of(frames);
		var current = generation;
		var known = current.contexts.putIfAbsent(context, context);
		if (known == null) {
			current.bytes.addAndGet(context.bytes() + ENTRY_BYTES);
		}
		return known == null ? context : known;
	}

	/** About how much memory the states take that are known now. */
	long bytes() {
		return generation.bytes.get();
	}

	/** Tells one time between two forgettings from another. */
	Object generation() {
		return generation;
	}

	/** What has been found out since the last time that all was forgotten. */
	private static final class Generation {

		private final ConcurrentMap<State, State> states = new ConcurrentHashMap<>();

		private final ConcurrentMap<Context, Context> contexts = new ConcurrentHashMap<>();

		private final AtomicLong bytes = new AtomicLong();

	}

}
