package dev.corral.ollama;

import java.util.HashSet;
import java.util.regex.Pattern;

import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Tool;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;

/** Reads {@code tools}, which this API takes from OpenAI's; that a tool is called is always the model's choice. */
final class ToolsParser {

	static final int MAX_TOOLS = 128;

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

	private ToolsParser() {
	}

	/**
	 * @throws InvalidParameter if a tool is malformed
	 */
	static ToolUse parse(JsonFields body) {
		var given = body.array("tools");
		if (given == null || given.isEmpty()) {
			return ToolUse.NONE;
		}
		if (given.size() > MAX_TOOLS) {
			throw body.invalid("tools", "may hold at most %d tools, but holds %d".formatted(MAX_TOOLS, given.size()));
		}
		var tools = given.stream().map(JsonItem::fields).map(ToolsParser::tool).toList();
		var names = new HashSet<String>();
		for (var tool : tools) {
			if (!names.add(tool.name())) {
				throw body.invalid("tools", "must have different names, but two are named '%s'".formatted(tool.name()));
			}
		}
		return new ToolUse(tools, new ToolChoice.Auto(), true);
	}

	private static Tool tool(JsonFields tool) {
		var type = tool.string("type");
		if (type != null && !type.equals("function")) {
			throw tool.invalid("type", "must be function");
		}
		var function = tool.object("function");
		if (function == null) {
			throw tool.invalid("function", "is required");
		}
		var name = function.requiredString("name");
		if (!NAME.matcher(name).matches()) {
			throw function.invalid("name", "must have 1 to 64 letters, digits, _, . and -");
		}
		var description = function.string("description");
		var parameters = function.objectText("parameters");
		return new Tool(name, description == null ? "" : description, parameters == null ? "{}" : parameters);
	}

}
