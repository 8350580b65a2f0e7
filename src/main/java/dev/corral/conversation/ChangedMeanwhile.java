package dev.corral.conversation;

/** The conversation was changed since the caller has read it; nothing was done. */
public final class ChangedMeanwhile extends ConversationFailure {

	public ChangedMeanwhile(long expected, long actual) {
		super("The conversation has version %d by now, and the change was meant for version %d. Read it again."
				.formatted(actual, expected));
	}

}
