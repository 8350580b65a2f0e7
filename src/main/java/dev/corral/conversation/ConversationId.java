package dev.corral.conversation;

import java.util.UUID;

/** Names one stored conversation. Ids made later compare as greater. */
public record ConversationId(UUID value) {

	public static ConversationId next() {
		return new ConversationId(Uuids.next());
	}

	/** @throws NotFound if the text is no such id, so that nothing can have it */
	public static ConversationId parse(String text) {
		return new ConversationId(Uuids.parse("conversation", text));
	}

	@Override
	public String toString() {
		return value.toString();
	}

}
