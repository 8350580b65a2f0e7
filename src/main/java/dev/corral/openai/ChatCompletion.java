package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.corral.template.ToolCall;

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

		static Choice of(int index, String content, List<ToolCall> toolCalls, @Nullable ChoiceLogprobs logprobs,
				String finishReason, @Nullable List<Integer> tokenIds) {
			return new Choice(index, ReplyMessage.of(content, toolCalls), logprobs, finishReason, tokenIds);
		}

	}

	/**
	 * @param content null if nothing was said and tools were called instead
	 * @param toolCalls absent if there are none
	 */
	record ReplyMessage(String role, @Nullable String content, @Nullable String refusal,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<CalledTool> toolCalls) {

		private static ReplyMessage of(String content, List<ToolCall> toolCalls) {
			return new ReplyMessage("assistant", content.isEmpty() && !toolCalls.isEmpty() ? null : content, null,
					toolCalls.isEmpty() ? null : toolCalls.stream().map(CalledTool::of).toList());
		}

	}

	/** {@code ChatCompletionMessageToolCall} of the OpenAI API. */
	record CalledTool(String id, String type, Function function) {

		static CalledTool of(ToolCall call) {
			return new CalledTool(call.id(), "function", new Function(call.name(), call.arguments()));
		}

		/** @param arguments JSON as text, as the model wrote it */
		record Function(String name, String arguments) {
		}

	}

}
