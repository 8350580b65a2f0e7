package dev.corral.template;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One item of a conversation.
 *
 * @param content what was said, as typed; may be empty
 * @param toolCalls what an assistant called for, in order; empty for every other role
 * @param toolCallId which call a tool's message answers, {@code null} for every other role and where nobody told
 */
public record Message(Role role, String content, List<ToolCall> toolCalls, @Nullable String toolCallId) {

	public Message {
		toolCalls = List.copyOf(toolCalls);
	}

	/** A message that calls no tool and answers no call. */
	public Message(Role role, String content) {
		this(role, content, List.of(), null);
	}

}
