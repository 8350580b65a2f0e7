package dev.corral.anthropic;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * {@code Message} of the Anthropic API: a whole reply, or at the beginning of a stream one without content.
 *
 * @param stopReason why the reply ended, {@code null} before it has
 * @param stopSequence which of the request's stop sequences ended it, if one did
 */
record MessageReply(String id, String type, String role, String model, List<ContentBlock> content,
		@Nullable String stopReason, @Nullable String stopSequence, MessageUsage usage) {

	static MessageReply begun(String model, MessageUsage usage) {
		return of(model, List.of(), null, null, usage);
	}

	static MessageReply of(String model, List<ContentBlock> content, @Nullable String stopReason,
			@Nullable String stopSequence, MessageUsage usage) {
		return new MessageReply("msg_" + UUID.randomUUID().toString().replace("-", ""), "message", "assistant", model,
				content, stopReason, stopSequence, usage);
	}

}
