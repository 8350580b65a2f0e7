package dev.corral.conversation;

/** There is no such thing, or it is another owner's. */
public final class NotFound extends ConversationFailure {

	private static final int SHOWN = 64;

	/** @param what what was looked for, in lower case */
	public NotFound(String what, Object id) {
		super("There is no %s '%s'.".formatted(what, shortened(id.toString())));
	}

	private static String shortened(String id) {
		return id.length() <= SHOWN ? id : id.substring(0, SHOWN) + "…";
	}

}
