package dev.corral.chat;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.StoredMessage;

/**
 * A part of a shared conversation: what was said, and nothing of how it came about.
 *
 * @param next as in {@link BranchPage}
 */
record SharedAnswer(@Nullable String title, List<Said> messages, @Nullable String next) {

	/** A message; its id is good for paging alone. */
	record Said(String id, String role, String content, Instant createdAt) {

		static Said of(StoredMessage message) {
			return new Said(message.id().toString(), MessageAnswer.role(message.message().role()),
					message.message().content(), message.createdAt());
		}

	}

}
