package dev.corral.ollama;

import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Tool;
import dev.corral.web.JsonFields;
import dev.corral.web.ToolDefinitions;

/** Reads {@code tools}, which this API takes from OpenAI's; that a tool is called is always the model's choice. */
final class ToolsParser {

	private ToolsParser() {
	}

	/**
	 * @throws InvalidParameter if a tool is malformed
	 */
	static ToolUse parse(JsonFields body) {
		var tools = ToolDefinitions.parse(body, ToolsParser::tool);
		return tools.isEmpty() ? ToolUse.NONE : new ToolUse(tools, new ToolChoice.Auto(), true);
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
		return ToolDefinitions.tool(function, "parameters", ToolDefinitions.NO_PARAMETERS);
	}

}
