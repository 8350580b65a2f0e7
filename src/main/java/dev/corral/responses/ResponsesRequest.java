package dev.corral.responses;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ReplyParameters;
import dev.corral.generation.ToolUse;

/**
 * A valid request for a response.
 *
 * @param model {@code null} takes that of what it goes on with
 * @param input empty only where it goes on with a conversation
 * @param tenant whose request it is, empty when nobody told; counts for responses that are not stored
 * @param stream whether the response comes in events
 * @param echo what of the request the response repeats
 */
record ResponsesRequest(@Nullable String model, Origin origin, List<InputItem> input, ReplyParameters parameters,
		TextFormat format, ToolUse tools, String tenant, boolean stream, ResponseEcho echo) {

	ResponsesRequest {
		input = List.copyOf(input);
	}

}
