package dev.corral.conversation;

/** A reply is being written in this conversation, and there can be no second one beside it. */
public final class ReplyRunning extends ConversationFailure {

	private final MessageId reply;

	public ReplyRunning(MessageId reply) {
		super("The reply '%s' is being written in this conversation. Wait for its end, or stop it.".formatted(reply));
		this.reply = reply;
	}

	public MessageId reply() {
		return reply;
	}

}
