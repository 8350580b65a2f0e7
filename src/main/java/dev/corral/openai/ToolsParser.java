package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Tool;
import dev.corral.web.JsonFields;
import dev.corral.web.ToolDefinitions;

/**
 * Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls} of the OpenAI API. Schemas are read by the engine.
 */
final class ToolsParser {

	/** What a function without parameters takes. */
	private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}";

	private ToolsParser() {
	}

	/**
	 * @param constrained whether another field says what the reply must look like
	 * @throws InvalidParameter if a field is malformed, or tools may be called in a reply that is constrained
	 */
	static ToolUse parse(JsonFields fields, boolean constrained) {
		var tools = ToolDefinitions.parse(fields, ToolsParser::tool);
		var choice = choice(fields, tools);
		boolean parallel = fields.flag("parallel_tool_calls", true);
		if (constrained && !tools.isEmpty() && !(choice instanceof ToolChoice.None)) {
			throw fields.invalid("tools",
					"must be absent, or 'tool_choice' none, where a field says what the reply must look like");
		}
		return tools.isEmpty() ? ToolUse.NONE : new ToolUse(tools, choice, parallel);
	}

	private static Tool tool(JsonFields tool) {
		return ToolDefinitions.tool(function(tool), "parameters", NO_PARAMETERS);
	}

	/** The function that a tool or a choice is. */
	private static JsonFields function(JsonFields fields) {
		if (!fields.requiredString("type").equals("function")) {
			throw fields.invalid("type", "must be function: this server knows no other tools");
		}
		var function = fields.object("function");
		if (function == null) {
			throw fields.invalid("function", "is required");
		}
		return function;
	}

	private static ToolChoice choice(JsonFields fields, List<Tool> tools) {
		if (!fields.has("tool_choice")) {
			return new ToolChoice.Auto();
		}
		if (!fields.isString("tool_choice")) {
			return named(fields.object("tool_choice"), tools);
		}
		return switch (fields.requiredString("tool_choice")) {
			case "auto" -> new ToolChoice.Auto();
			case "none" -> new ToolChoice.None();
			case "required" -> {
				if (tools.isEmpty()) {
					throw fields.invalid("tool_choice", "must not be required without 'tools'");
				}
				yield new ToolChoice.Required();
			}
			default -> throw fields.invalid("tool_choice", "must be auto, none, required or a function");
		};
	}

	private static ToolChoice named(@Nullable JsonFields choice, List<Tool> tools) {
		if (choice == null) {
			return new ToolChoice.Auto();
		}
		var function = function(choice);
		var name = ToolDefinitions.name(function);
		if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
			throw function.invalid("name", "must be that of one of the 'tools'");
		}
		return new ToolChoice.Named(name);
	}

}
