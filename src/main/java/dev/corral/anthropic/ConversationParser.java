package dev.corral.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;

/**
 * Reads {@code system} and {@code messages}. What a user's message holds becomes messages of its own: the result of each tool, and the
 * text between them.
 */
final class ConversationParser {

	/** Blocks of one message; each may become a message. */
	static final int MAX_BLOCKS = 1024;

	private final int maxMessages;

	ConversationParser(int maxMessages) {
		this.maxMessages = maxMessages;
	}

	List<Message> parse(JsonFields body) {
		var given = body.requiredArray("messages");
		if (given.isEmpty() || given.size() > maxMessages) {
			throw body.invalid("messages",
					"must hold 1 to %d messages, but holds %d".formatted(maxMessages, given.size()));
		}
		var messages = new ArrayList<Message>();
		var system = text(body, "system");
		if (system != null) {
			messages.add(new Message(Role.SYSTEM, system));
		}
		given.stream().map(JsonItem::fields).forEach(message -> add(message, messages));
		return messages;
	}

	private static void add(JsonFields message, List<Message> messages) {
		switch (message.requiredString("role")) {
			case "user" -> addUser(message, messages);
			case "assistant" -> messages.add(assistant(message));
			default -> throw message.invalid("role", "must be user or assistant");
		}
	}

	private static void addUser(JsonFields message, List<Message> messages) {
		if (message.isString("content")) {
			messages.add(new Message(Role.USER, message.requiredString("content")));
			return;
		}
		var texts = new ArrayList<String>();
		for (var block : blocks(message)) {
			switch (block.requiredString("type")) {
				case "text" -> texts.add(block.requiredString("text"));
				case "tool_result" -> {
					flush(texts, messages);
					messages.add(toolResult(block));
				}
				default -> throw notServed(block);
			}
		}
		flush(texts, messages);
	}

	private static void flush(List<String> texts, List<Message> messages) {
		if (!texts.isEmpty()) {
			messages.add(new Message(Role.USER, String.join("\n", texts)));
			texts.clear();
		}
	}

	private static Message toolResult(JsonFields block) {
		var content = text(block, "content");
		return new Message(Role.TOOL, content == null ? "" : content, List.of(), block.requiredString("tool_use_id"));
	}

	/** Thinking is not told to the model again: templates drop what an earlier reply has thought. */
	private static Message assistant(JsonFields message) {
		if (message.isString("content")) {
			return new Message(Role.ASSISTANT, message.requiredString("content"));
		}
		var texts = new ArrayList<String>();
		var calls = new ArrayList<ToolCall>();
		for (var block : blocks(message)) {
			switch (block.requiredString("type")) {
				case "text" -> texts.add(block.requiredString("text"));
				case "tool_use" -> calls.add(toolCall(block));
				case "thinking", "redacted_thinking" -> {
				}
				default -> throw notServed(block);
			}
		}
		return new Message(Role.ASSISTANT, String.join("\n", texts), calls, null);
	}

	private static ToolCall toolCall(JsonFields block) {
		var input = block.objectText("input");
		return new ToolCall(block.requiredString("id"), block.requiredString("name"), input == null ? "{}" : input);
	}

	private static List<JsonFields> blocks(JsonFields message) {
		var blocks = message.requiredArray("content");
		if (blocks.isEmpty() || blocks.size() > MAX_BLOCKS) {
			throw message.invalid("content",
					"must hold 1 to %d blocks, but holds %d".formatted(MAX_BLOCKS, blocks.size()));
		}
		return blocks.stream().map(JsonItem::fields).toList();
	}

	/** A text, or blocks of text, which are lines of their own. */
	private static @Nullable String text(JsonFields fields, String name) {
		if (!fields.has(name) || fields.isString(name)) {
			return fields.string(name);
		}
		return fields.requiredArray(name).stream().map(JsonItem::fields).map(ConversationParser::textBlock)
				.collect(Collectors.joining("\n"));
	}

	private static String textBlock(JsonFields block) {
		if (!block.requiredString("type").equals("text")) {
			throw notServed(block);
		}
		return block.requiredString("text");
	}

	private static RuntimeException notServed(JsonFields block) {
		return block.invalid("type",
				"is not one that this server takes here: it takes text, and in their places tool_use, tool_result and thinking");
	}

}
