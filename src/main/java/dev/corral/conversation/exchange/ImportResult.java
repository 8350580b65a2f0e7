package dev.corral.conversation.exchange;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ConversationId;

/** What became of one record of a file. The number counts records from 1. */
public sealed interface ImportResult {

	long number();

	/** It is stored, under this id. */
	record Imported(long number, ConversationId id, @Nullable String title, int messages) implements ImportResult {
	}

	/** @param problem what is wrong with it, a sentence without the full stop that begins with "it" */
	record Refused(long number, String problem) implements ImportResult {
	}

}
