package dev.corral.llamacpp;

import java.util.EnumSet;
import java.util.Set;

/**
 * Life of a sequence.
 *
 * <pre>
 * QUEUED  → PREFILL    it was given a slot
 * QUEUED  → FINISHED   it resumes a reply that is complete
 * PREFILL → DECODE     its prompt is computed and its first token sampled
 * DECODE  → FINISHED   end of generation, stop sequence or limit
 * PREFILL → FINISHED   the first sampled token already ended it
 * PREFILL → SWAPPED, DECODE → SWAPPED   another one needs its place
 * SWAPPED → PREFILL, SWAPPED → DECODE   it goes on where it was
 * any of these but FINISHED → CANCELLED, FAILED
 * </pre>
 */
enum SequenceState {

	QUEUED, PREFILL, DECODE, SWAPPED, FINISHED, CANCELLED, FAILED;

	boolean terminal() {
		return successors().isEmpty();
	}

	/**
	 * @throws IllegalStateException if a sequence in this state cannot get there
	 */
	SequenceState to(SequenceState next) {
		if (!successors().contains(next)) {
			throw new IllegalStateException("a sequence cannot go from %s to %s".formatted(this, next));
		}
		return next;
	}

	private Set<SequenceState> successors() {
		return switch (this) {
			case QUEUED -> EnumSet.of(PREFILL, FINISHED, CANCELLED, FAILED);
			case PREFILL -> EnumSet.of(DECODE, SWAPPED, FINISHED, CANCELLED, FAILED);
			case DECODE -> EnumSet.of(SWAPPED, FINISHED, CANCELLED, FAILED);
			case SWAPPED -> EnumSet.of(PREFILL, DECODE, CANCELLED, FAILED);
			case FINISHED, CANCELLED, FAILED -> EnumSet.noneOf(SequenceState.class);
		};
	}

}
