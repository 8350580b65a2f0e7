package dev.corral.anthropic;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Tool;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;

/** Reads {@code tools} and {@code tool_choice}. Tools that Anthropic's own servers run are refused. */
final class ToolsParser {

	static final int MAX_TOOLS = 128;

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	private ToolsParser() {
	}

	/**
	 * @throws InvalidParameter if a tool is malformed, or the choice names one that is not there
	 */
	static ToolUse parse(JsonFields body) {
		var given = body.array("tools");
		var tools = given == null
				? List.<Tool>of()
				: given.stream().map(JsonItem::fields).map(ToolsParser::tool).toList();
		if (tools.size() > MAX_TOOLS) {
			throw body.invalid("tools", "may hold at most %d tools, but holds %d".formatted(MAX_TOOLS, tools.size()));
		}
		var names = new HashSet<String>();
		for (var tool : tools) {
			if (!names.add(tool.name())) {
				throw body.invalid("tools", "must have different names, but two are named '%s'".formatted(tool.name()));
			}
		}
		var choice = body.object("tool_choice");
		if (tools.isEmpty()) {
			return withoutTools(body, choice);
		}
		return new ToolUse(tools, choice == null ? new ToolChoice.Auto() : choice(choice, names),
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
		var name = tool.requiredString("name");
		if (!NAME.matcher(name).matches()) {
			throw tool.invalid("name", "must have 1 to 64 letters, digits, _ and -");
		}
		var description = tool.string("description");
		var schema = tool.objectText("input_schema");
		if (schema == null) {
			throw tool.invalid("input_schema", "is required");
		}
		return new Tool(name, description == null ? "" : description, schema);
	}

	private static ToolChoice choice(JsonFields choice, HashSet<String> names) {
		return switch (choice.requiredString("type")) {
			case "auto" -> new ToolChoice.Auto();
			case "any" -> new ToolChoice.Required();
			case "none" -> new ToolChoice.None();
			case "tool" -> named(choice, names);
			default -> throw choice.invalid("type", "must be one of auto, any, tool and none");
		};
	}

	private static ToolChoice named(JsonFields choice, HashSet<String> names) {
		var name = choice.requiredString("name");
		if (!names.contains(name)) {
			throw choice.invalid("name", "must be the name of one of the 'tools'");
		}
		return new ToolChoice.Named(name);
	}

}
