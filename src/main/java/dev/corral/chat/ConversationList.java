package dev.corral.chat;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.Page;

/**
 * Some conversations of a longer list.
 *
 * @param next what {@code after} has to be for those that follow; {@code null} if there are none
 */
record ConversationList(List<ConversationAnswer> conversations, @Nullable String next) {

	static ConversationList of(Page<Conversation> page) {
		return new ConversationList(page.items().stream().map(ConversationAnswer::of).toList(), page.next());
	}

}
