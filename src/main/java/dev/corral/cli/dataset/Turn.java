package dev.corral.cli.dataset;

import dev.corral.template.Role;

/**
 * One message of a piece.
 *
 * @param role of a user or an assistant
 * @param source index of the message in its conversation; {@value #NOWHERE} if the conversation has no such message
 * @param part how many parts of that message are in earlier pieces
 */
record Turn(Role role, String text, int source, int part) {

	static final int NOWHERE = -1;

	Turn(Role role, String text, int source) {
		this(role, text, source, 0);
	}

	Turn withText(String text) {
		return new Turn(role, text, source, part);
	}

	/** What is left of it, beginning with this text, when a part went into a piece. */
	Turn rest(String text) {
		return new Turn(role, text, source, part + 1);
	}

}
