package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A whole reply: {@code CreateChatCompletionResponse} of the OpenAI API. {@code refusal} is required
 * there and always null here.
 *
 * @param created seconds since the epoch
 */
record ChatCompletion(String id, String object, long created, String model, List<Choice> choices,
		CompletionUsage usage) {

	static ChatCompletion of(CompletionHead head, List<Choice> choices, CompletionUsage usage) {
		return new ChatCompletion(head.id(), "chat.completion", head.created(), head.model(), choices, usage);
	}

	/** @param logprobs null unless asked for; required, so written as null */
	record Choice(int index, ReplyMessage message, @Nullable ChoiceLogprobs logprobs, String finishReason) {

		static Choice of(int index, String content, @Nullable ChoiceLogprobs logprobs, String finishReason) {
			return new Choice(index, new ReplyMessage("assistant", content, null), logprobs, finishReason);
		}

	}

	record ReplyMessage(String role, String content, @Nullable String refusal) {
	}

}
