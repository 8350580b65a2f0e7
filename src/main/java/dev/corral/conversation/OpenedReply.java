package dev.corral.conversation;

import java.util.List;

/**
 * A reply to be written.
 *
 * @param said the messages that were stored with it, in order
 */
public record OpenedReply(Conversation conversation, List<StoredMessage> said, StoredMessage reply) {

	public OpenedReply {
		said = List.copyOf(said);
	}

}
