package dev.corral.chat;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationChange;

/**
 * A change of a conversation as a client wants it.
 *
 * @param parameters depends on what they are now
 * @param version the one that the client has read; {@code null} if any will do. Other components as in {@link ConversationChange}
 */
record AskedChange(@Nullable String title, @Nullable String model, @Nullable String system, boolean ownSystem,
		ParametersChange parameters, @Nullable Boolean pinned, @Nullable Boolean archived,
		@Nullable Map<String, String> metadata, @Nullable Long version) {

	/** The change of this conversation. */
	ConversationChange of(Conversation conversation) {
		return new ConversationChange(title, model, system, ownSystem,
				parameters.isEmpty() ? null : parameters.apply(conversation.parameters()), pinned, archived, metadata);
	}

	/** Which version it is meant for: what depends on the conversation as it was read must not meet another one. */
	@Nullable
	Long versionFor(Conversation read) {
		return version != null || parameters.isEmpty() ? version : Long.valueOf(read.version());
	}

}
