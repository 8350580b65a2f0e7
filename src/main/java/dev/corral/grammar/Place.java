package dev.corral.grammar;

import dev.corral.inference.InvalidParameter;

/**
 * A place in a constraint, which errors are about.
 *
 * @param parameter the kind of constraint, such as {@code json_schema}
 * @param where the place inside of it, such as a JSON pointer; empty for the whole
 */
record Place(String parameter, String where) {

	Place within(String place) {
		return new Place(parameter, where.isEmpty() ? place : where + ", " + place);
	}

	/** @param problem says what is wrong there, without a full stop */
	InvalidParameter problem(String problem) {
		return new InvalidParameter(parameter,
				"is refused%s: %s".formatted(where.isEmpty() ? "" : " at " + where, problem));
	}

}
