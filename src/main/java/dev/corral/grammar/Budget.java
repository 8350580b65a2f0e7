package dev.corral.grammar;

import dev.corral.inference.InvalidParameter;

/** What one compilation may still spend. Not safe for threads. */
final class Budget {

	private final GrammarLimits limits;

	private long work;

	Budget(GrammarLimits limits) {
		this.limits = limits;
	}

	GrammarLimits limits() {
		return limits;
	}

	/**
	 * Counts elementary steps.
	 *
	 * @throws InvalidParameter if the compilation has used up its share
	 */
	void spend(long steps, Place place) {
		work += steps;
		if (work > limits.work()) {
			throw place.problem("it is too complex: compiling it takes more than %d steps".formatted(limits.work()));
		}
	}

	void checkDepth(int depth, Place place) {
		if (depth > limits.depth()) {
			throw place.problem("it nests deeper than %d levels".formatted(limits.depth()));
		}
	}

	void checkCharacters(int characters, Place place) {
		if (characters > limits.characters()) {
			throw place.problem("it may have %d characters, but has %d".formatted(limits.characters(), characters));
		}
	}

}
