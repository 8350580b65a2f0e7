package dev.corral.chat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.StoredMessage;
import dev.corral.template.Role;

/**
 * A message as clients see it; components as in {@link StoredMessage}.
 *
 * @param toolCalls what it calls; absent if it calls nothing
 * @param toolCallId the call that it answers; absent if it answers none
 * @param tokens {@code null} until counted
 * @param siblings the messages that follow on the same one, this included, in the order of their making; absent where a message is told alone
 * @param reply how it came about; {@code null} unless a model wrote it
 */
record MessageAnswer(String id, String conversationId, @Nullable String parentId, int depth, String role,
		String content, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ToolCallAnswer> toolCalls,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String toolCallId, String status,
		@Nullable Integer tokens, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> siblings,
		@Nullable ReplyAnswer reply, @Nullable FeedbackAnswer feedback, Instant createdAt) {

	/** @param branch the messages before this one, from the first on; may be empty if its window names none */
	static MessageAnswer of(StoredMessage message, @Nullable List<String> siblings, List<MessageId> branch) {
		var said = message.message();
		var tokens = message.tokens();
		var facts = message.reply();
		var feedback = message.feedback();
		return new MessageAnswer(message.id().toString(), message.conversation().toString(), text(message.parent()),
				message.depth(), role(said.role()), said.content(),
				said.toolCalls().stream().map(ToolCallAnswer::of).toList(), said.toolCallId(), message.status().id(),
				tokens == null ? null : tokens.tokens(), siblings, facts == null ? null : ReplyAnswer.of(facts, branch),
				feedback == null ? null : FeedbackAnswer.of(feedback), message.createdAt());
	}

	static String role(Role role) {
		return role.name().toLowerCase(Locale.ROOT);
	}

	static @Nullable String text(@Nullable MessageId id) {
		return id == null ? null : id.toString();
	}

}
