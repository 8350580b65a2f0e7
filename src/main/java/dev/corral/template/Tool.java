package dev.corral.template;

/**
 * A tool that a model may call.
 *
 * @param name by which it is called
 * @param description what it does, for the model; may be empty
 * @param parameters JSON Schema of its arguments, an object, as text
 */
public record Tool(String name, String description, String parameters) {
}
