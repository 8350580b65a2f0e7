package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A part of a streamed reply: {@code CreateChatCompletionStreamResponse} of the OpenAI API.
 *
 * @param created seconds since the epoch
 * @param promptTokenIds vLLM's, in the first chunk of each choice if it was asked for, else absent
 */
record ChatCompletionChunk(String id, String object, long created, String model, List<Choice> choices,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Integer> promptTokenIds) {

	static ChatCompletionChunk of(CompletionHead head, Choice choice) {
		return of(head, choice, null);
	}

	static ChatCompletionChunk of(CompletionHead head, Choice choice, @Nullable List<Integer> promptTokenIds) {
		return of(head, List.of(choice), promptTokenIds);
	}

	static ChatCompletionChunk withoutChoices(CompletionHead head) {
		return of(head, List.of(), null);
	}

	private static ChatCompletionChunk of(CompletionHead head, List<Choice> choices,
			@Nullable List<Integer> promptTokenIds) {
		return new ChatCompletionChunk(head.id(), "chat.completion.chunk", head.created(), head.model(), choices,
				promptTokenIds);
	}

	/**
	 * A choice's part.
	 *
	 * @param logprobs null unless asked for and there is text; required, so written as null
	 * @param finishReason null in all chunks of the choice but the last; required, so written as null
	 * @param tokenIds vLLM's: tokens that this part told, absent unless asked for
	 */
	record Choice(int index, Delta delta, @Nullable ChoiceLogprobs logprobs, @Nullable String finishReason,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Integer> tokenIds) {

		Choice(int index, Delta delta, @Nullable ChoiceLogprobs logprobs, @Nullable String finishReason) {
			this(index, delta, logprobs, finishReason, null);
		}

	}

	/** What came since the chunk before. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Delta(@Nullable String role, @Nullable String content, @Nullable List<CalledTool> toolCalls) {

		static final Delta START = new Delta("assistant", "", null);

		static final Delta END = new Delta(null, null, null);

		static Delta text(String content) {
			return new Delta(null, content, null);
		}

		static Delta call(int index, String id, String tool) {
			return new Delta(null, null,
					List.of(new CalledTool(index, id, "function", new CalledTool.Function(tool, ""))));
		}

		static Delta arguments(int index, String part) {
			return new Delta(null, null,
					List.of(new CalledTool(index, null, null, new CalledTool.Function(null, part))));
		}

	}

	/**
	 * {@code ChatCompletionMessageToolCallChunk} of the OpenAI API: everything but arguments is in the first part of a call.
	 *
	 * @param index of the call within the reply
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record CalledTool(int index, @Nullable String id, @Nullable String type, Function function) {

		/** @param arguments the next part of a JSON text */
		@JsonInclude(JsonInclude.Include.NON_NULL)
		record Function(@Nullable String name, String arguments) {
		}

	}

	/**
	 * A chunk of a stream whose usage was asked for.
	 *
	 * @param usage null in all chunks but the last; the field must be there all the same
	 */
	record WithUsage(@JsonUnwrapped ChatCompletionChunk chunk, @Nullable CompletionUsage usage) {
	}

}
