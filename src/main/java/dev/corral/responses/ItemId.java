package dev.corral.responses;

import java.util.regex.Pattern;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;

/**
 * Names an item: a stored message, or one of the calls in it.
 *
 * @param call which of the message's calls, from 0; {@value #NO_CALL} for the message itself
 */
record ItemId(MessageId message, int call) {

	private static final int NO_CALL = -1;

	private static final Pattern FORMAT = Pattern.compile("(msg|fco)_([0-9a-f]{32})|fc_([0-9a-f]{32})_([0-9]{1,6})");

	static ItemId of(MessageId message) {
		return new ItemId(message, NO_CALL);
	}

	static ItemId ofCall(MessageId message, int call) {
		return new ItemId(message, call);
	}

	/** @throws NotFound if the text is no such id, so that nothing can have it */
	static ItemId parse(String text) {
		var matcher = FORMAT.matcher(text);
		if (!matcher.matches()) {
			throw new NotFound("item", text);
		}
		return matcher.group(1) == null
				? ofCall(MessageId.parse(matcher.group(3)), Integer.parseInt(matcher.group(4)))
				: of(MessageId.parse(matcher.group(2)));
	}

	boolean isCall() {
		return call != NO_CALL;
	}

	/** As the id of something that was said, or of a call. */
	@Override
	public String toString() {
		var id = ApiIds.plain(message.value());
		return isCall() ? "fc_%s_%d".formatted(id, call) : "msg_" + id;
	}

	/** As the id of what a tool has answered. */
	String ofOutput() {
		return "fco_" + ApiIds.plain(message.value());
	}

}
