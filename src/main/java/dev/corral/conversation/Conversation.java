package dev.corral.conversation;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A stored conversation, without its messages.
 *
 * @param title {@code null} until somebody, or the model, has given one
 * @param model the name of the model that replies unless a message asks for another
 * @param system the system message; {@code null} leaves it to the model's template
 * @param metadata what clients have attached, by name
 * @param leaf the newest message of the active branch; {@code null} while there is none
 * @param runningReply the reply that is being written; {@code null} if none is
 * @param updatedAt when a message was last added or something else changed
 * @param version goes up by one with each change of the conversation itself; starts at 0
 */
public record Conversation(ConversationId id, Owner owner, @Nullable String title, String model,
		@Nullable String system, ReplyParameters parameters, boolean pinned, boolean archived,
		Map<String, String> metadata, @Nullable MessageId leaf, @Nullable MessageId runningReply, Instant createdAt,
		Instant updatedAt, long version) {

	public static final int MAX_TITLE_LENGTH = 200;

	public Conversation {
		metadata = Map.copyOf(metadata);
	}

}
