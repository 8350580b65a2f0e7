package dev.corral.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.ToolChoice;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.template.Tool;

/**
 * Reads {@code tools}, {@code tool_choice} and {@code parallel_tool_calls} of OpenAI's APIs: {@code ChatCompletionTool} and
 * {@code ToolChoiceParam} there. Schemas are read by the engine.
 */
public enum FunctionTools {

	/** As in chat completions: what belongs to a type is in a field of the type's name. */
	WRAPPED {

		@Override
		JsonFields inner(JsonFields outer, String type) {
			var inner = outer.object(type);
			if (inner == null) {
				throw outer.invalid(type, "is required");
			}
			return inner;
		}

	},

	/** As in responses: it stands beside the type. */
	PLAIN {

		@Override
		JsonFields inner(JsonFields outer, String type) {
			return outer;
		}

	};

	private static final String FUNCTION = "function";

	private static final String ALLOWED = "allowed_tools";

	/** What belongs to a type. */
	abstract JsonFields inner(JsonFields outer, String type);

	/**
	 * The tools that the reply may call: of the choice {@code allowed_tools} those that it names.
	 *
	 * @throws InvalidParameter if a field is malformed, or a choice names a tool that is not there
	 */
	public ToolUse parse(JsonFields fields) {
		var tools = ToolDefinitions.parse(fields, this::tool);
		boolean parallel = fields.flag("parallel_tool_calls", true);
		var chosen = choice(fields, tools);
		return chosen.tools.isEmpty() ? ToolUse.NONE : new ToolUse(chosen.tools, chosen.choice, parallel);
	}

	private Tool tool(JsonFields tool) {
		if (!tool.requiredString("type").equals(FUNCTION)) {
			throw tool.invalid("type", "must be function: this server runs no tools itself");
		}
		return ToolDefinitions.tool(inner(tool, FUNCTION), "parameters", ToolDefinitions.NO_PARAMETERS);
	}

	private Chosen choice(JsonFields fields, List<Tool> tools) {
		if (!fields.has("tool_choice")) {
			return new Chosen(tools, new ToolChoice.Auto());
		}
		if (fields.isString("tool_choice")) {
			return new Chosen(tools, mode(fields, "tool_choice", tools));
		}
		return chosen(fields.object("tool_choice"), tools);
	}

	private static ToolChoice mode(JsonFields fields, String field, List<Tool> tools) {
		return switch (fields.requiredString(field)) {
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

	private Chosen chosen(@Nullable JsonFields choice, List<Tool> tools) {
		if (choice == null) {
			return new Chosen(tools, new ToolChoice.Auto());
		}
		return switch (choice.requiredString("type")) {
			case FUNCTION -> new Chosen(tools, new ToolChoice.Named(known(inner(choice, FUNCTION), tools)));
			case ALLOWED -> allowed(inner(choice, ALLOWED), tools);
			default -> throw choice.invalid("type",
					"must be function or allowed_tools: this server runs no tools itself");
		};
	}

	private Chosen allowed(JsonFields choice, List<Tool> tools) {
		var mode = mode(choice, "mode", tools);
		var items = choice.requiredArray("tools");
		if (items.isEmpty()) {
			throw choice.invalid("tools", "must name at least one tool");
		}
		Set<String> names = items.stream().map(JsonItem::fields).map(item -> allowedName(item, tools))
				.collect(Collectors.toSet());
		return new Chosen(tools.stream().filter(tool -> names.contains(tool.name())).toList(), mode);
	}

	private String allowedName(JsonFields item, List<Tool> tools) {
		if (!item.requiredString("type").equals(FUNCTION)) {
			throw item.invalid("type", "must be function: this server runs no tools itself");
		}
		return known(inner(item, FUNCTION), tools);
	}

	private static String known(JsonFields function, List<Tool> tools) {
		var name = ToolDefinitions.name(function);
		if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
			throw function.invalid("name", "must be that of one of the 'tools'");
		}
		return name;
	}

	/** @param tools those that may be called */
	private record Chosen(List<Tool> tools, ToolChoice choice) {
	}

}
