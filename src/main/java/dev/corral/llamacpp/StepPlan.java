package dev.corral.llamacpp;

import java.util.List;

/**
 * What the engine does in one step.
 *
 * @param admissions waiting sequences that get a slot
 * @param chunks the tokens to compute, together at most the step's token budget
 */
record StepPlan(List<Admission> admissions, List<Chunk> chunks) {

	boolean isEmpty() {
		return chunks.isEmpty();
	}

	/** Sequences that decode in this step. */
	int decoding() {
		return (int) chunks.stream().filter(Chunk::decodes).count();
	}

	/** Tokens of prompts in this step. */
	int prefillTokens() {
		return chunks.stream().filter(chunk -> !chunk.decodes()).mapToInt(Chunk::count).sum();
	}

	/** A sequence begins to run in a slot. */
	record Admission(Sequence sequence, int slot) {
	}

	/**
	 * Tokens of one sequence.
	 *
	 * @param from position of the first
	 * @param count how many, at least 1
	 */
	record Chunk(Sequence sequence, int slot, int from, int count) {

		int to() {
			return from + count;
		}

		/** Whether this is the one token of a sequence that decodes. */
		boolean decodes() {
			return sequence.state() == SequenceState.DECODE;
		}

		/** Whether the sequence is caught up after this chunk, so that its next token is sampled. */
		boolean completes() {
			return to() == sequence.length();
		}

	}

}
