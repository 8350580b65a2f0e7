package dev.corral.conversation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.corral.template.Message;

/**
 * One message of a stored conversation. Messages form a tree: several with the same parent are alternatives to each other.
 *
 * @param parent the message that this one answers or follows; {@code null} for a first one
 * @param depth how many messages are before it on its branch, from 0
 * @param message what was said
 * @param tokens how many tokens its text has; {@code null} until counted
 * @param reply what is known of how it came about; {@code null} unless a model wrote it
 * @param feedback what a reader thinks of it; {@code null} if none said
 */
public record StoredMessage(MessageId id, ConversationId conversation, @Nullable MessageId parent, int depth,
		Message message, MessageStatus status, @Nullable TokenCount tokens, @Nullable ReplyFacts reply,
		@Nullable Feedback feedback, Instant createdAt) {
}
