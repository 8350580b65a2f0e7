package dev.corral.responses;

import java.time.Instant;

import dev.corral.conversation.MessageId;

/**
 * What is known of a response before its reply begins.
 *
 * @param reply the message that it becomes; names the response
 * @param model who writes it
 */
record ResponseHead(MessageId reply, Instant createdAt, String model, ResponseEcho echo) {

	ItemId item() {
		return ItemId.of(reply);
	}

}
