package dev.corral.conversation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.corral.template.Message;

/**
 * One message of a conversation outside of the store.
 *
 * @param key names it within its conversation, and nowhere else
 * @param parent the key of the message that this one follows; {@code null} for a first one
 * @param status never a running one
 * @param reply what is known of how it came about; {@code null} unless a model wrote it
 * @param feedback {@code null} if nobody gave any
 * @param createdAt {@code null} if nobody told
 */
public record ImportedMessage(String key, @Nullable String parent, Message message, MessageStatus status,
		@Nullable ReplyFacts reply, @Nullable Feedback feedback, @Nullable Instant createdAt) {

	/** A reply that was being written when it was taken down came to no end. */
	public ImportedMessage {
		status = status.running() ? MessageStatus.INTERRUPTED : status;
	}

	/** A message of which nothing more is known. */
	public ImportedMessage(String key, @Nullable String parent, Message message) {
		this(key, parent, message, MessageStatus.COMPLETE, null, null, null);
	}

}
