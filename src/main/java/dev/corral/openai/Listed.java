package dev.corral.openai;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.corral.openai.ChatCompletion.CalledTool;
import dev.corral.template.Message;

/** A page of a list in the OpenAI API. The ids of an empty one are empty. */
record Listed(String object, List<?> data, String firstId, String lastId, boolean hasMore) {

	static <T> Listed of(List<T> items, Function<T, String> id, boolean hasMore) {
		return new Listed("list", items, items.isEmpty() ? "" : id.apply(items.getFirst()),
				items.isEmpty() ? "" : id.apply(items.getLast()), hasMore);
	}

	/**
	 * {@code ChatCompletionMessageList} has such.
	 *
	 * @param id of the completion, and which message it is
	 * @param toolCalls absent if there are none
	 * @param toolCallId absent unless a tool speaks
	 */
	record AskedMessage(String id, String role, String content, @Nullable String refusal,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<CalledTool> toolCalls,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String toolCallId) {

		static AskedMessage of(String id, Message message) {
			var role = switch (message.role()) {
				case SYSTEM -> "system";
				case USER -> "user";
				case ASSISTANT -> "assistant";
				case TOOL -> "tool";
			};
			return new AskedMessage(id, role, message.content(), null, message.toolCalls().isEmpty()
					? null
					: message.toolCalls().stream().map(CalledTool::of).toList(), message.toolCallId());
		}

	}

}
