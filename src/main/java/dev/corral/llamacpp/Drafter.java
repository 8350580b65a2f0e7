package dev.corral.llamacpp;

import java.util.List;

/**
 * A model that proposes what comes next in sequences of a larger one. It has a slot for each of the engine's, and remembers which tokens
 * a slot holds; what the next sequence of the same tenant begins with alike is kept. Belongs to the engine thread.
 */
interface Drafter extends AutoCloseable {

	/** Drafts nothing. */
	Drafter NONE = new Drafter() {

		@Override
		public int window() {
			return 0;
		}

		@Override
		public int missing(Sequence sequence) {
			return NEVER;
		}

		@Override
		public Drafted draft(List<Task> tasks) {
			return Drafted.NOTHING;
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	};

	/** More tokens than any sequence has. */
	int NEVER = Integer.MAX_VALUE;

	/** Most tokens of a sequence that it knows how to go on from. */
	int window();

	/**
	 * How many tokens of a running sequence are to be computed before the next can be proposed: at least 1, or {@link #NEVER} if that has
	 * failed. Changes nothing.
	 */
	int missing(Sequence sequence);

	/** Does the tasks, those of the same kind together. Never fails: where it cannot draft, it proposes nothing. */
	Drafted draft(List<Task> tasks);

	@Override
	void close();

	/**
	 * What is to be done for a running sequence.
	 *
	 * @param catchUp so many of its missing tokens are computed; 0 if tokens are to be proposed
	 * @param propose so many tokens are proposed, after all that is missing was computed
	 * @param trial whether this is done to learn whether drafts would pay, so that what is proposed is compared with what comes, but not
	 * computed
	 */
	record Task(Sequence sequence, int catchUp, int propose, boolean trial) {
	}

	/**
	 * What came of it.
	 *
	 * @param proposals for each task in order: the tokens that may come next, at most as many as were asked for
	 * @param calls those that proposed count as decoding, those that caught up as prefill
	 */
	record Drafted(List<List<Integer>> proposals, List<StepOutcome.Call> calls) {

		static final Drafted NOTHING = new Drafted(List.of(), List.of());

	}

}
