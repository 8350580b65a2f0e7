package dev.corral.conversation;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is to be different about a conversation; {@code null} leaves a part as it is.
 *
 * @param title an empty one removes it
 * @param system an empty one removes the system message, the template's own included
 */
public record ConversationChange(@Nullable String title, @Nullable String model, @Nullable String system,
		@Nullable ReplyParameters parameters, @Nullable Boolean pinned, @Nullable Boolean archived,
		@Nullable Map<String, String> metadata) {

	public static ConversationChange title(String title) {
		return new ConversationChange(title, null, null, null, null, null, null);
	}

}
