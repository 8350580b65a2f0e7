package dev.corral.grammar;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The states of one automaton, made when text first leads to them and kept for all who come later: a deterministic automaton that
 * grows (as in RE2's lazy DFA, Cox 2010). When it has grown to its limit it is forgotten and grows anew. Safe for threads.
 */
final class StateSpace {

	/** Some hundred bytes each. */
	private static final int MAX_STATES = 10_000;

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
		if (generation.size.incrementAndGet() > MAX_STATES) {
			generation = new Generation();
			states = generation.states;
		}
		var fresh = state.fresh(automaton.classes());
		var raced = states.putIfAbsent(fresh, fresh);
		return raced == null ? fresh : raced;
	}

	Context context(List<Context.Frame> frames) {
		var context = Context.of(frames);
		var known = generation.contexts.putIfAbsent(context, context);
		return known == null ? context : known;
	}

	/** What has been found out since the last time that all was forgotten. */
	private static final class Generation {

		private final ConcurrentMap<State, State> states = new ConcurrentHashMap<>();

		private final ConcurrentMap<Context, Context> contexts = new ConcurrentHashMap<>();

		private final AtomicInteger size = new AtomicInteger();

	}

}
