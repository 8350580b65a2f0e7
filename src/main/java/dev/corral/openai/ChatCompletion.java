package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A whole reply: {@code CreateChatCompletionResponse} of the OpenAI API. {@code refusal} and {@code logprobs} are required
 * there and always null here.
 *
 * @param created seconds since the epoch
 */
record ChatCompletion(String id, String object, long created, String model, List<Choice> choices,
		CompletionUsage usage) {

	static ChatCompletion of(CompletionHead head, String content, String finishReason, CompletionUsage usage) {
		var message = new ReplyMessage("assistant", content, null);
		return new ChatCompletion(head.id(), "chat.completion", head.created(), head.model(),
				List.of(new Choice(0, message, null, finishReason)), usage);
	}

	record Choice(int index, ReplyMessage message, @Nullable Object logprobs, String finishReason) {
	}

	record ReplyMessage(String role, String content, @Nullable String refusal) {
	}

}
