package dev.corral.ollama;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;

/**
 * Reads the {@code messages} of a request. Calls have no ids in this API, so a tool's message answers the first call that has no answer
 * yet, of that tool if it is named.
 */
final class MessagesParser {

	static final int MAX_CALLS = 128;

	private final int maxMessages;

	MessagesParser(int maxMessages) {
		this.maxMessages = maxMessages;
	}

	List<Message> parse(JsonFields body) {
		var given = body.requiredArray("messages");
		if (given.isEmpty() || given.size() > maxMessages) {
			throw body.invalid("messages",
					"must hold 1 to %d messages, but holds %d".formatted(maxMessages, given.size()));
		}
		var open = new ArrayDeque<ToolCall>();
		var messages = new ArrayList<Message>();
		for (var item : given) {
			messages.add(message(item.fields(), open, messages.size()));
		}
		return messages;
	}

	static void refuseImages(JsonFields fields) {
		var images = fields.array("images");
		if (images != null && !images.isEmpty()) {
			throw fields.invalid("images", "must be absent: this server takes text alone");
		}
	}

	/** @param open calls that have no answer yet, in their order */
	private static Message message(JsonFields message, Deque<ToolCall> open, int position) {
		refuseImages(message);
		var role = role(message);
		var given = message.string("content");
		var content = given == null ? "" : given;
		return switch (role) {
			case ASSISTANT -> {
				var calls = calls(message, position);
				open.addAll(calls);
				yield new Message(role, content, calls, null);
			}
			case TOOL -> new Message(role, content, List.of(), answered(message, open));
			case SYSTEM, USER -> new Message(role, content);
		};
	}

	private static Role role(JsonFields message) {
		return switch (message.requiredString("role")) {
			case "system" -> Role.SYSTEM;
			case "user" -> Role.USER;
			case "assistant" -> Role.ASSISTANT;
			case "tool" -> Role.TOOL;
			default -> throw message.invalid("role", "must be one of system, user, assistant and tool");
		};
	}

	private static List<ToolCall> calls(JsonFields message, int position) {
		var given = message.array("tool_calls");
		if (given == null) {
			return List.of();
		}
		if (given.size() > MAX_CALLS) {
			throw message.invalid("tool_calls",
					"may hold at most %d calls, but holds %d".formatted(MAX_CALLS, given.size()));
		}
		var calls = new ArrayList<ToolCall>();
		for (var item : given) {
			calls.add(call(item, "call_%d_%d".formatted(position, calls.size())));
		}
		return calls;
	}

	private static ToolCall call(JsonItem item, String id) {
		var function = item.fields().object("function");
		if (function == null) {
			throw item.fields().invalid("function", "is required");
		}
		var arguments = function.objectText("arguments");
		var given = item.fields().string("id");
		return new ToolCall(given == null ? id : given, function.requiredString("name"),
				arguments == null ? "{}" : arguments);
	}

	private static @Nullable String answered(JsonFields message, Deque<ToolCall> open) {
		var given = message.string("tool_call_id");
		var tool = message.string("tool_name");
		var call = open.stream()
				.filter(each -> given == null ? tool == null || each.name().equals(tool) : each.id().equals(given))
				.findFirst().orElse(null);
		if (call == null) {
			return given;
		}
		open.remove(call);
		return call.id();
	}

}
