package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A whole reply: {@code CreateChatCompletionResponse} of the OpenAI API. {@code refusal} is required
 * there and always null here.
 *
 * @param created seconds since the epoch
 * @param promptTokenIds vLLM's, absent unless asked for
 */
record ChatCompletion(String id, String object, long created, String model, List<Choice> choices,
		CompletionUsage usage, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Integer> promptTokenIds) {

	static ChatCompletion of(CompletionHead head, List<Choice> choices, CompletionUsage usage,
			@Nullable List<Integer> promptTokenIds) {
		return new ChatCompletion(head.id(), "chat.completion", head.created(), head.model(), choices, usage,
				promptTokenIds);
	}

	/**
	 * A reply.
	 *
	 * @param logprobs null unless asked for; required, so written as null
	 * @param tokenIds vLLM's, absent unless asked for
	 */
	record Choice(int index, ReplyMessage message, @Nullable ChoiceLogprobs logprobs, String finishReason,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Integer> tokenIds) {

		static Choice of(int index, String content, @Nullable ChoiceLogprobs logprobs, String finishReason,
				@Nullable List<Integer> tokenIds) {
			return new Choice(index, new ReplyMessage("assistant", content, null), logprobs, finishReason, tokenIds);
		}

	}

	record ReplyMessage(String role, String content, @Nullable String refusal) {
	}

}
