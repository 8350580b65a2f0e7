package dev.corral.responses;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;

/** What a response goes on with. */
sealed interface Origin {

	/** Nothing: it begins a conversation. */
	record Nothing() implements Origin {
	}

	/** An earlier response. */
	record Previous(MessageId response) implements Origin {
	}

	/** A conversation where it is. */
	record Kept(ConversationId conversation) implements Origin {
	}

}
