package dev.corral.responses;

import java.util.Map;

import dev.corral.conversation.Conversation;

/**
 * {@code ConversationResource} of the OpenAI API.
 *
 * @param createdAt seconds since the epoch
 */
record ConversationObject(String id, String object, long createdAt, Map<String, String> metadata) {

	static ConversationObject of(Conversation conversation) {
		return new ConversationObject(ApiIds.conversation(conversation.id()), "conversation",
				conversation.createdAt().getEpochSecond(), conversation.metadata());
	}

}
