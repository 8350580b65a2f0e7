package dev.corral.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ReplyParameters;

/**
 * A conversation as clients see it; components as in {@link Conversation}.
 *
 * @param parameters under their names in requests, those that somebody has set
 * @param leafId the newest message of the active branch
 * @param runningReplyId the reply that is being written
 */
record ConversationAnswer(String id, @Nullable String title, String model, @Nullable String system,
		@JsonUnwrapped Parameters parameters, boolean pinned, boolean archived, Map<String, String> metadata,
		@Nullable String leafId, @Nullable String runningReplyId, Instant createdAt, Instant updatedAt, long version) {

	static ConversationAnswer of(Conversation conversation) {
		return new ConversationAnswer(conversation.id().toString(), conversation.title(), conversation.model(),
				conversation.system(), Parameters.of(conversation.parameters()), conversation.pinned(),
				conversation.archived(), conversation.metadata(), MessageAnswer.text(conversation.leaf()),
				MessageAnswer.text(conversation.runningReply()), conversation.createdAt(), conversation.updatedAt(),
				conversation.version());
	}

	/** {@link ReplyParameters} by their names in requests. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Parameters(@Nullable String window, @Nullable Integer maxTokens, @Nullable Float temperature,
			@Nullable Float topP, @Nullable Integer topK, @Nullable Float minP, @Nullable Float presencePenalty,
			@Nullable Float frequencyPenalty, @Nullable Float repetitionPenalty, @Nullable Long seed,
			@Nullable List<String> stop) {

		static Parameters of(ReplyParameters parameters) {
			var window = parameters.window();
			return new Parameters(window == null ? null : window.id(), parameters.maxTokens(),
					parameters.temperature(), parameters.topP(), parameters.topK(), parameters.minP(),
					parameters.presencePenalty(), parameters.frequencyPenalty(), parameters.repetitionPenalty(),
					parameters.seed(), parameters.stop());
		}

	}

}
