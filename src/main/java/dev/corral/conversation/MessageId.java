package dev.corral.conversation;

import java.util.UUID;

/** Names one stored message; a reply is named by the message that it becomes. Ids made later compare as greater. */
public record MessageId(UUID value) {

	public static MessageId next() {
		return new MessageId(Uuids.next());
	}

	/** @throws NotFound if the text is no such id, so that nothing can have it */
	public static MessageId parse(String text) {
		return new MessageId(Uuids.parse("message", text));
	}

	@Override
	public String toString() {
		return value.toString();
	}

}
