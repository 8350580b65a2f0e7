package dev.corral.openai;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.corral.inference.InvalidParameter;
import dev.corral.template.ToolCall;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;
import dev.corral.web.ToolDefinitions;

/** Reads what earlier messages say about calls of tools. */
final class ToolCallsParser {

	/** Of one message. */
	static final int MAX_CALLS = 128;

	static final int MAX_ID_CHARACTERS = 128;

	private ToolCallsParser() {
	}

	/**
	 * The calls of an assistant's message; they need not be of tools that the request has.
	 *
	 * @throws InvalidParameter if there are too many, one is malformed, or two have the same identifier
	 */
	static List<ToolCall> parse(JsonFields message) {
		var items = message.array("tool_calls");
		if (items == null) {
			return List.of();
		}
		if (items.size() > MAX_CALLS) {
			throw message.invalid("tool_calls",
					"may hold at most %d calls, but holds %d".formatted(MAX_CALLS, items.size()));
		}
		var calls = new ArrayList<ToolCall>();
		var ids = new HashSet<String>();
		for (var call : items.stream().map(JsonItem::fields).toList()) {
			var parsed = call(call);
			if (!ids.add(parsed.id())) {
				throw call.invalid("id", "must not be that of another call of the message");
			}
			calls.add(parsed);
		}
		return calls;
	}

	private static ToolCall call(JsonFields call) {
		if (call.has("type") && !call.requiredString("type").equals("function")) {
			throw call.invalid("type", "must be function");
		}
		var function = call.object("function");
		if (function == null) {
			throw call.invalid("function", "is required");
		}
		return new ToolCall(id(call, "id"), ToolDefinitions.name(function), function.requiredString("arguments"));
	}

	/**
	 * Which call a tool's message answers.
	 *
	 * @param calls identifiers of all calls before
	 * @throws InvalidParameter if it is none of them
	 */
	static String answered(JsonFields message, Set<String> calls) {
		var id = id(message, "tool_call_id");
		if (!calls.contains(id)) {
			throw message.invalid("tool_call_id", "must be the 'id' of a call in an earlier message of the assistant");
		}
		return id;
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
