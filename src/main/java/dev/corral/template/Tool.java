package dev.corral.template;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A tool that a model may call.
 *
 * @param name by which it is called
 * @param description what it does, for the model; may be empty
 * @param parameters JSON Schema of its arguments, an object, as text
 * @param strict whether its calls must have valid arguments even if the model need not call it; a schema that cannot be honoured is an
 * error then
 * @param field what errors about the schema name: the field in which the client has sent it
 */
public record Tool(String name, String description, String parameters, boolean strict, String field) {

	/** A tool whose schema is honoured where that is possible, and known by its name. */
	public Tool(String name, String description, String parameters) {
		this(name, description, parameters, false, name);
	}

	/** The tool as the OpenAI API and Hugging Face's templates describe it: strings, numbers, booleans, lists and maps. */
	Map<String, @Nullable Object> definition() {
		var function = new LinkedHashMap<String, @Nullable Object>();
		function.put("name", name);
		function.put("description", description);
		function.put("parameters", PythonJson.read(parameters));
		var definition = new LinkedHashMap<String, @Nullable Object>();
		definition.put("type", "function");
		definition.put("function", function);
		return definition;
	}

}
