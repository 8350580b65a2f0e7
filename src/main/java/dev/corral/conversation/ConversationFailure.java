package dev.corral.conversation;

/** Why something could not be done with a stored conversation. The message is meant for the client. */
public abstract sealed class ConversationFailure extends RuntimeException
		permits NotFound, ReplyRunning, ChangedMeanwhile, NotPossible {

	ConversationFailure(String message) {
		super(message);
	}

}
