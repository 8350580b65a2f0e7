package dev.corral.conversation;

/** The message or conversation is in no state for what was asked. */
public final class NotPossible extends ConversationFailure {

	/** @param reason a whole sentence for the client */
	public NotPossible(String reason) {
		super(reason);
	}

}
