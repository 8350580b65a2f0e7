package dev.corral.conversation;

/** What was read is no conversation that can be stored. The message continues a sentence that begins with what was read. */
public final class BadConversation extends RuntimeException {

	public BadConversation(String message) {
		super(message);
	}

}
