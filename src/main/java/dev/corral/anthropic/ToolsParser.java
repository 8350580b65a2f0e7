package dev.corral.anthropic;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Tool;
import dev.corral.web.JsonFields;
import dev.corral.web.ToolDefinitions;

/** Reads {@code tools} and {@code tool_choice}. Tools that Anthropic's own servers run are refused. */
final class ToolsParser {

	private ToolsParser() {
	}

	/**
	 * @throws InvalidParameter if a tool is malformed, or the choice names one that is not there
	 */
	static ToolUse parse(JsonFields body) {
		var tools = ToolDefinitions.parse(body, ToolsParser::tool);
		var choice = body.object("tool_choice");
		if (tools.isEmpty()) {
			return withoutTools(body, choice);
		}
		return new ToolUse(tools, choice == null ? new ToolChoice.Auto() : choice(choice, tools),
				choice == null || !choice.flag("disable_parallel_tool_use"));
	}

	/** Without tools nothing can be called, so a choice that wants a call cannot be met. */
	private static ToolUse withoutTools(JsonFields body, @Nullable JsonFields choice) {
		if (choice != null && !List.of("auto", "none").contains(choice.requiredString("type"))) {
			throw body.invalid("tool_choice", "must be absent, auto or none where there are no 'tools'");
		}
		return ToolUse.NONE;
	}

	private static Tool tool(JsonFields tool) {
		var type = tool.string("type");
		if (type != null && !type.equals("custom")) {
			throw tool.invalid("type", "must be custom: this server runs no tools itself");
		}
		if (!tool.has("input_schema")) {
			throw tool.invalid("input_schema", "is required");
		}
		return ToolDefinitions.tool(tool, "input_schema", "{}");
	}

	private static ToolChoice choice(JsonFields choice, List<Tool> tools) {
		return switch (choice.requiredString("type")) {
			case "auto" -> new ToolChoice.Auto();
			case "any" -> new ToolChoice.Required();
			case "none" -> new ToolChoice.None();
			case "tool" -> named(choice, tools);
			default -> throw choice.invalid("type", "must be one of auto, any, tool and none");
		};
	}

	private static ToolChoice named(JsonFields choice, List<Tool> tools) {
		var name = choice.requiredString("name");
		if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
			throw choice.invalid("name", "must be the name of one of the 'tools'");
		}
		return new ToolChoice.Named(name);
	}

}
