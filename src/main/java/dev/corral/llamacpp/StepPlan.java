package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the engine computes in one step.
 *
 * @param chunks the tokens to compute, together with those still to be drafted at most the step's token budget
 * @param drafting what the draft model does before; what it proposes becomes part of the chunks
 * @param roomCanBeMade whether something can leave the key-value cache if it has no room for all of them
 */
record StepPlan(List<Chunk> chunks, List<Drafter.Task> drafting, boolean roomCanBeMade) {

	boolean isEmpty() {
		return chunks.isEmpty();
	}

	/** The same plan with the drafts of these sequences, none where there is nothing said, in place of what is to be drafted. */
	StepPlan withDrafts(Function<Sequence, List<Integer>> drafts) {
		var filled = new ArrayList<Chunk>(chunks.size());
		for (var chunk : chunks) {
			var draft = drafts.apply(chunk.sequence());
			filled.add(draft.isEmpty() ? chunk : chunk.withDraft(draft));
		}
		return new StepPlan(filled, List.of(), roomCanBeMade);
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
