package dev.corral.conversation;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is to be different about a conversation; {@code null} leaves a part as it is.
 *
 * @param title an empty one removes it
 * @param system an empty one removes the system message, the template's own included
 * @param ownSystem whether it is the template's own again; then {@code system} is not looked at
 */
public record ConversationChange(@Nullable String title, @Nullable String model, @Nullable String system,
		boolean ownSystem, @Nullable ReplyParameters parameters, @Nullable Boolean pinned, @Nullable Boolean archived,
		@Nullable Map<String, String> metadata) {

	public static ConversationChange title(String title) {
		return new ConversationChange(title, null, null, false, null, null, null, null);
	}

}
