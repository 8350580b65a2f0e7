package dev.corral.template;

/**
 * A model's wish to have a tool called.
 *
 * @param id names the call, so that its result can be told from others
 * @param name of the tool
 * @param arguments a JSON object as text
 */
public record ToolCall(String id, String name, String arguments) {
}
