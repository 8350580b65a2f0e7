package dev.corral.conversation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.corral.template.Role;

/**
 * A message's place in its conversation, without its text: enough to find branches and to plan a window over thousands of messages.
 *
 * @param characters length of its text in UTF-16 units
 */
public record MessageNode(MessageId id, @Nullable MessageId parent, int depth, Role role, MessageStatus status,
		@Nullable TokenCount tokens, int characters, Instant createdAt) {
}
