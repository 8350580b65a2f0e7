package dev.corral.grammar;

import dev.corral.inference.InvalidParameter;

/**
 * A place in a constraint, which errors are about.
 *
 * @param parameter the kind of constraint, such as {@code json_schema}
 * @param where the place inside of it, such as a JSON pointer; empty for the whole. Written only for an error, since there are many
 * places and each takes time to write
 */
record Place(String parameter, Object where) {

	Place within(String place) {
		var outer = where.toString();
		return new Place(parameter, outer.isEmpty() ? place : outer + ", " + place);
	}

	/** @param problem says what is wrong there, without a full stop */
	InvalidParameter problem(String problem) {
		var inner = where.toString();
		return new InvalidParameter(parameter,
				"is refused%s: %s".formatted(inner.isEmpty() ? "" : " at " + inner, problem));
	}

}
