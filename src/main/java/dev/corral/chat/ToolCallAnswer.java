package dev.corral.chat;

import dev.corral.template.ToolCall;

/** A call of a tool in a message that came over another API; components as in {@link ToolCall}. */
record ToolCallAnswer(String id, String name, String arguments) {

	static ToolCallAnswer of(ToolCall call) {
		return new ToolCallAnswer(call.id(), call.name(), call.arguments());
	}

}
