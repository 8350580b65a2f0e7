package dev.corral.responses;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Tool;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;
import dev.corral.web.ToolDefinitions;

/**
 * Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls} of the Responses API, where a function is not wrapped as it is
 * in chat completions. Schemas are read by the engine.
 */
final class FunctionTools {

	/** What a function without parameters takes. */
	private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}";

	private FunctionTools() {
	}

	/**
	 * @param constrained whether another field says what the reply must look like
	 * @throws InvalidParameter if a field is malformed, or tools may be called in a reply that is constrained
	 */
	static ToolUse parse(JsonFields fields, boolean constrained) {
		var tools = ToolDefinitions.parse(fields, FunctionTools::tool);
		var allowed = allowed(fields, tools);
		var choice = choice(fields, tools);
		boolean parallel = fields.flag("parallel_tool_calls", true);
		if (constrained && !tools.isEmpty() && !(choice instanceof ToolChoice.None)) {
			throw fields.invalid("tools",
					"must be absent, or 'tool_choice' none, where 'text.format' says what the reply must look like");
		}
		return tools.isEmpty()
				? ToolUse.NONE
				: new ToolUse(allowed.map(names -> only(tools, names)).orElse(tools), choice, parallel);
	}

	private static Tool tool(JsonFields tool) {
		if (!tool.requiredString("type").equals("function")) {
			throw tool.invalid("type", "must be function: this server runs no tools itself");
		}
		return ToolDefinitions.tool(tool, "parameters", NO_PARAMETERS);
	}

	private static ToolChoice choice(JsonFields fields, List<Tool> tools) {
		if (fields.has("tool_choice") && !fields.isString("tool_choice")) {
			return chosen(fields.object("tool_choice"), tools);
		}
		var name = fields.string("tool_choice");
		return mode(fields, "tool_choice", name == null ? "auto" : name, tools);
	}

	private static ToolChoice mode(JsonFields fields, String field, String mode, List<Tool> tools) {
		return switch (mode) {
			case "auto" -> new ToolChoice.Auto();
			case "none" -> new ToolChoice.None();
			case "required" -> {
				if (tools.isEmpty()) {
					throw fields.invalid(field, "must not be required without 'tools'");
				}
				yield new ToolChoice.Required();
			}
			default -> throw fields.invalid(field, "must be auto, none, required or an object");
		};
	}

	private static ToolChoice chosen(@Nullable JsonFields choice, List<Tool> tools) {
		if (choice == null) {
			return new ToolChoice.Auto();
		}
		return switch (choice.requiredString("type")) {
			case "function" -> new ToolChoice.Named(known(choice, tools));
			case "allowed_tools" -> mode(choice, "mode", choice.requiredString("mode"), tools);
			default -> throw choice.invalid("type",
					"must be function or allowed_tools: this server runs no tools itself");
		};
	}

	/** The names of the tools that {@code allowed_tools} leaves. */
	private static Optional<Set<String>> allowed(JsonFields fields, List<Tool> tools) {
		if (!fields.has("tool_choice") || fields.isString("tool_choice")) {
			return Optional.empty();
		}
		var choice = fields.object("tool_choice");
		if (choice == null || !choice.requiredString("type").equals("allowed_tools")) {
			return Optional.empty();
		}
		var names = choice.requiredArray("tools");
		if (names.isEmpty()) {
			throw choice.invalid("tools", "must name at least one tool");
		}
		return Optional.of(names.stream().map(JsonItem::fields).map(name -> known(name, tools))
				.collect(Collectors.toSet()));
	}

	private static String known(JsonFields function, List<Tool> tools) {
		var name = ToolDefinitions.name(function);
		if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
			throw function.invalid("name", "must be that of one of the 'tools'");
		}
		return name;
	}

	private static List<Tool> only(List<Tool> tools, Set<String> names) {
		return tools.stream().filter(tool -> names.contains(tool.name())).toList();
	}

}
