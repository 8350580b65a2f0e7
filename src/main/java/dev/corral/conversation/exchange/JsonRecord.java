package dev.corral.conversation.exchange;

import tools.jackson.databind.node.ObjectNode;

/** One record of a file. The number counts records from 1, unreadable ones too. */
public sealed interface JsonRecord {

	long number();

	record Read(long number, ObjectNode value) implements JsonRecord {
	}

	/** @param problem what is wrong with it, a sentence without the full stop */
	record Unreadable(long number, String problem) implements JsonRecord {
	}

}
