package dev.corral.conversation;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A conversation to be made; what its parts mean says {@link Conversation}. */
public record NewConversation(@Nullable String title, String model, @Nullable String system, ReplyParameters parameters,
		Map<String, String> metadata) {

	public NewConversation {
		metadata = Map.copyOf(metadata);
	}

	public NewConversation(String model) {
		this(null, model, null, ReplyParameters.NONE, Map.of());
	}

}
