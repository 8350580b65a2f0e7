package dev.corral.generation;

import java.util.List;

import dev.corral.generation.ReplyEventId.Stage;

/** Somebody who reads a reply, and where. Used by one thread at a time. */
final class ReplyReader {

	private ReplyEventId place;

	ReplyReader(ReplyEventId place) {
		this.place = place;
	}

	/** What is new since the last time. */
	List<ReplyStep> next(ReplyState state) {
		var steps = state.since(place);
		if (!steps.isEmpty()) {
			place = steps.getLast().id();
		}
		return steps;
	}

	/** Whether nothing follows on this step. */
	static boolean last(ReplyStep step) {
		return step.id().stage() == Stage.ENDED;
	}

}
