package dev.corral.responses;

import java.util.List;
import java.util.stream.Collectors;

import dev.corral.inference.InvalidParameter;
import dev.corral.responses.InputItem.Answered;
import dev.corral.responses.InputItem.Called;
import dev.corral.responses.InputItem.Reference;
import dev.corral.responses.InputItem.Said;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;
import dev.corral.web.ToolDefinitions;

/**
 * Reads {@code InputItem}s of the OpenAI API: messages of text, calls of functions and what they gave, and references to stored ones.
 * Ids and states of items are ignored: they are made anew.
 */
final class InputParser {

	static final int MAX_ID_CHARACTERS = 128;

	private InputParser() {
	}

	/** A field that holds items, at least one; a text is a message of the user. */
	static List<InputItem> parse(JsonFields fields, String name, int mostItems) {
		return fields.isString(name)
				? List.of(new Said(Role.USER, fields.requiredString(name)))
				: items(fields, name, mostItems);
	}

	/**
	 * A field that holds an array of items, at least one.
	 *
	 * @throws InvalidParameter if there are none or too many, or one is malformed or of a kind that is not served
	 */
	static List<InputItem> items(JsonFields fields, String name, int mostItems) {
		var items = fields.requiredArray(name);
		if (items.isEmpty() || items.size() > mostItems) {
			throw fields.invalid(name,
					"must hold 1 to %d items, but holds %d".formatted(mostItems, items.size()));
		}
		return items.stream().map(InputParser::item).toList();
	}

	private static InputItem item(JsonItem item) {
		var fields = item.fields();
		var type = fields.string("type");
		if (type == null) {
			type = fields.has("role") || !fields.has("id") ? "message" : "item_reference";
		}
		return switch (type) {
			case "message" -> new Said(role(fields), content(fields, "content"));
			case "function_call" -> new Called(new ToolCall(id(fields, "call_id"), ToolDefinitions.name(fields),
					fields.requiredString("arguments")));
			case "function_call_output" ->
				new Answered(id(fields, "call_id"), content(fields, "output"), item.path());
			case "item_reference" -> new Reference(ItemId.parse(fields.requiredString("id")));
			default -> throw fields.invalid("type",
					"must be one of message, function_call, function_call_output and item_reference");
		};
	}

	private static Role role(JsonFields message) {
		return switch (message.requiredString("role")) {
			// What newer OpenAI models call a developer message is a system message to every model here.
			case "system", "developer" -> Role.SYSTEM;
			case "user" -> Role.USER;
			case "assistant" -> Role.ASSISTANT;
			default -> throw message.invalid("role", "must be one of system, developer, user and assistant");
		};
	}

	/** A text, or text parts, which are lines of their own. */
	private static String content(JsonFields item, String name) {
		if (!item.has(name) || item.isString(name)) {
			return item.requiredString(name);
		}
		var parts = item.requiredArray(name);
		if (parts.isEmpty()) {
			throw item.invalid(name, "must hold at least one part");
		}
		return parts.stream().map(JsonItem::fields).map(InputParser::text).collect(Collectors.joining("\n"));
	}

	private static String text(JsonFields part) {
		switch (part.requiredString("type")) {
			case "input_text", "output_text", "text" -> {
				return part.requiredString("text");
			}
			default -> throw part.invalid("type",
					"must be input_text or output_text: this server takes no other content");
		}
	}

	private static String id(JsonFields fields, String name) {
		var id = fields.requiredString(name);
		if (id.isEmpty() || id.length() > MAX_ID_CHARACTERS) {
			throw fields.invalid(name,
					"must have 1 to %d characters, but has %d".formatted(MAX_ID_CHARACTERS, id.length()));
		}
		return id;
	}

}
