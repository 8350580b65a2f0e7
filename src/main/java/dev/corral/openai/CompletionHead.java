package dev.corral.openai;

import java.time.Instant;
import java.util.UUID;

/**
 * What all parts of one reply share.
 *
 * @param created seconds since the epoch
 */
record CompletionHead(String id, long created, String model) {

	static CompletionHead of(String model) {
		return new CompletionHead("chatcmpl-" + UUID.randomUUID().toString().replace("-", ""),
				Instant.now().getEpochSecond(), model);
	}

}
