package dev.corral.web;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

import dev.corral.inference.InvalidParameter;
import dev.corral.template.Tool;

/** Reads the tools of a request, which every API wraps in its own way, within limits that all have. Schemas are read by the engine. */
public final class ToolDefinitions {

	/** What a function without parameters takes. */
	public static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}";

	static final int MAX_TOOLS = 128;

	static final int MAX_NAME_CHARACTERS = 64;

	static final int MAX_DESCRIPTION_CHARACTERS = 16_384;

	static final int MAX_SCHEMA_CHARACTERS = 200_000;

	private ToolDefinitions() {
	}

	/**
	 * The tools in the field {@code tools}, none if it is absent.
	 *
	 * @param reader makes a tool of an item
	 * @throws InvalidParameter if there are too many, or two have one name
	 */
	public static List<Tool> parse(JsonFields body, Function<JsonFields, Tool> reader) {
		var items = body.array("tools");
		if (items == null) {
			return List.of();
		}
		if (items.size() > MAX_TOOLS) {
			throw body.invalid("tools", "may hold at most %d tools, but holds %d".formatted(MAX_TOOLS, items.size()));
		}
		var tools = items.stream().map(JsonItem::fields).map(reader).toList();
		var names = new HashSet<String>();
		for (var tool : tools) {
			if (!names.add(tool.name())) {
				throw body.invalid("tools", "must have different names, but two are named '%s'".formatted(tool.name()));
			}
		}
		return tools;
	}

	/**
	 * A tool.
	 *
	 * @param schema the name of the field that says what the tool takes
	 * @param absent what it takes if the field is absent
	 * @throws InvalidParameter if a field is malformed or too long
	 */
	public static Tool tool(JsonFields function, String schema, String absent) {
		var description = function.string("description");
		var parameters = function.objectSchema(schema);
		checkLength(function, "description", description == null ? 0 : description.length(),
				MAX_DESCRIPTION_CHARACTERS);
		checkLength(function, schema, parameters == null ? 0 : parameters.length(), MAX_SCHEMA_CHARACTERS);
		return new Tool(name(function), description == null ? "" : description,
				parameters == null ? absent : parameters, function.flag("strict"), function.pathOf(schema));
	}

	/** The name of a function. */
	public static String name(JsonFields function) {
		var name = function.requiredString("name");
		if (!name.matches("[A-Za-z0-9_-]{1,%d}".formatted(MAX_NAME_CHARACTERS))) {
			throw function.invalid("name",
					"must have 1 to %d letters, digits, underscores and hyphens".formatted(MAX_NAME_CHARACTERS));
		}
		return name;
	}

	private static void checkLength(JsonFields function, String field, int length, int most) {
		if (length > most) {
			throw function.invalid(field, "may have at most %d characters, but has %d".formatted(most, length));
		}
	}

}
