package dev.corral.generation;

import java.util.List;
import java.util.stream.IntStream;

import dev.corral.contextwindow.Turn;
import dev.corral.contextwindow.WindowPlan;
import dev.corral.contextwindow.WindowRequest;

/**
 * A window's plan in places of messages instead of turns.
 *
 * @param turns all turns of the conversation
 * @param leftOutOfNewest tokens taken out of the newest message; 0 normally
 */
record PlannedWindow(WindowRequest request, WindowPlan plan, List<Turn> turns, int leftOutOfNewest) {

	/** Messages at the beginning that stay. */
	List<Integer> head() {
		return places(0, plan.head());
	}

	/** Messages that are left out. */
	List<Integer> leftOut() {
		return places(plan.head(), plan.from());
	}

	/** Messages that stay, after what is left out and before the newest turn. */
	List<Integer> kept() {
		return places(plan.from(), turns.size() - 1);
	}

	/** Those of the newest turn. */
	List<Integer> newest() {
		return places(turns.size() - 1, turns.size());
	}

	/** Turns that are left out. */
	List<Turn> turnsLeftOut() {
		return turns.subList(plan.head(), plan.from());
	}

	private List<Integer> places(int fromTurn, int toTurn) {
		return turns.subList(fromTurn, toTurn).stream()
				.flatMapToInt(turn -> IntStream.range(turn.first(), turn.end())).boxed().toList();
	}

}
