package dev.corral.openai;

import java.time.Instant;

import dev.corral.conversation.KeptAnswer;

/**
 * What all parts of one reply share.
 *
 * @param created seconds since the epoch
 */
record CompletionHead(String id, long created, String model) {

	/** Of a chat completion. */
	static CompletionHead of(String model) {
		return of("chatcmpl-", model);
	}

	/** @param prefix what its id begins with */
	static CompletionHead of(String prefix, String model) {
		return new CompletionHead(prefix + KeptAnswer.nextId().toString().replace("-", ""),
				Instant.now().getEpochSecond(), model);
	}

}
