package dev.corral.openai;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;

/** Reads the {@code messages} of a request. Names of participants are ignored: no template here has a place for them. */
final class MessageParser {

	private final int maxMessages;

	MessageParser(int maxMessages) {
		this.maxMessages = maxMessages;
	}

	List<Message> parse(JsonFields body) {
		var messages = body.requiredArray("messages");
		if (messages.isEmpty() || messages.size() > maxMessages) {
			throw body.invalid("messages",
					"must hold 1 to %d messages, but holds %d".formatted(maxMessages, messages.size()));
		}
		var calls = new HashSet<String>();
		return messages.stream().map(JsonItem::fields).map(message -> message(message, calls)).toList();
	}

	/** @param calls identifiers of the calls in the messages before this one */
	private static Message message(JsonFields message, Set<String> calls) {
		if (message.has("function_call")) {
			throw message.invalid("function_call", "must be absent: give 'tool_calls' instead");
		}
		var role = role(message);
		var toolCalls = role == Role.ASSISTANT ? ToolCallsParser.parse(message) : List.<ToolCall>of();
		toolCalls.forEach(call -> calls.add(call.id()));
		var content = toolCalls.isEmpty() || message.has("content") ? content(message) : "";
		return new Message(role, content, toolCalls,
				role == Role.TOOL ? ToolCallsParser.answered(message, calls) : null);
	}

	private static Role role(JsonFields message) {
		return switch (message.requiredString("role")) {
			// What newer OpenAI models call a developer message is a system message to every model here.
			case "system", "developer" -> Role.SYSTEM;
			case "user" -> Role.USER;
			case "assistant" -> Role.ASSISTANT;
			case "tool" -> Role.TOOL;
			default -> throw message.invalid("role", "must be one of system, developer, user, assistant and tool");
		};
	}

	/** The text of a message; parts are lines of their own. */
	private static String content(JsonFields message) {
		if (!message.has("content") || message.isString("content")) {
			return message.requiredString("content");
		}
		var parts = message.requiredArray("content");
		if (parts.isEmpty()) {
			throw message.invalid("content", "must hold at least one part");
		}
		return parts.stream().map(JsonItem::fields).map(MessageParser::text).collect(Collectors.joining("\n"));
	}

	private static String text(JsonFields part) {
		if (!part.requiredString("type").equals("text")) {
			throw part.invalid("type", "must be text: this server takes no other content");
		}
		return part.requiredString("text");
	}

}
