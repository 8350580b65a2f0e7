package dev.corral.conversation.exchange;

import dev.corral.conversation.ImportedConversation;

/** What one record of a file turned out to be. The number counts records from 1. */
public sealed interface ImportedRecord {

	long number();

	record Found(long number, ImportedConversation conversation) implements ImportedRecord {
	}

	/** @param problem what is wrong with it, a sentence without the full stop */
	record Refused(long number, String problem) implements ImportedRecord {
	}

}
