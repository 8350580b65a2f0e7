package dev.corral.generation;

import dev.corral.conversation.MessageId;

/** Where in a conversation's tree something new goes. */
public sealed interface Attach {

	/** To the end of the active branch. */
	record ToActiveBranch() implements Attach {
	}

	/** After this message, beside what follows it already. */
	record After(MessageId message) implements Attach {
	}

	/** As the first message, beside those that are. */
	record AsFirst() implements Attach {
	}

}
