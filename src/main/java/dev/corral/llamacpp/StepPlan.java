package dev.corral.llamacpp;

import java.util.List;

/**
 * What the engine computes in one step.
 *
 * @param chunks the tokens to compute, together at most the step's token budget
 * @param roomCanBeMade whether something can leave the key-value cache if it has no room for all of them
 */
record StepPlan(List<Chunk> chunks, boolean roomCanBeMade) {

	boolean isEmpty() {
		return chunks.isEmpty();
	}

	/**
	 * Tokens of one sequence.
	 *
	 * @param from position of the first
	 * @param count how many of the sequence's own tokens, at least 1
	 * @param draft tokens that may come next: computed in the same go, and kept as far as they are what is sampled; empty unless the
	 * chunk completes
	 * @param decodes whether the sequence is in the middle of its reply, so that this chunk should be done soon
	 */
	record Chunk(Sequence sequence, int slot, int from, int count, List<Integer> draft, boolean decodes) {

		/** Position after the sequence's own tokens. */
		int to() {
			return from + count;
		}

		/** Tokens to compute. */
		int size() {
			return count + draft.size();
		}

		/** The token at a position of this chunk, the draft's included. */
		int token(int position) {
			return position < to() ? sequence.token(position) : draft.get(position - to());
		}

		Chunk withDraft(List<Integer> draft) {
			return new Chunk(sequence, slot, from, count, draft, decodes);
		}

		/** Whether the sequence is caught up after this chunk, so that its next token is sampled. */
		boolean completes() {
			return to() == sequence.length();
		}

	}

}
