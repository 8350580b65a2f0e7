package dev.corral.responses;

import java.util.UUID;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;

/** The ids of this API: what a thing is, then its id in the store without dashes. */
final class ApiIds {

	private static final String RESPONSE = "resp_";

	private static final String CONVERSATION = "conv_";

	private ApiIds() {
	}

	/** A response is named by the message that it becomes. */
	static String response(MessageId reply) {
		return RESPONSE + plain(reply.value());
	}

	/** @throws NotFound if the text is no such id, so that nothing can have it */
	static MessageId response(String text) {
		return MessageId.parse(value("response", RESPONSE, text));
	}

	static String conversation(ConversationId conversation) {
		return CONVERSATION + plain(conversation.value());
	}

	/** @throws NotFound if the text is no such id, so that nothing can have it */
	static ConversationId conversation(String text) {
		return ConversationId.parse(value("conversation", CONVERSATION, text));
	}

	static String plain(UUID id) {
		return id.toString().replace("-", "");
	}

	private static String value(String what, String prefix, String text) {
		if (!text.startsWith(prefix)) {
			throw new NotFound(what, text);
		}
		return text.substring(prefix.length());
	}

}
