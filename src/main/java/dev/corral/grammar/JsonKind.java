package dev.corral.grammar;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/** The kinds of JSON values. Integers are numbers. */
enum JsonKind {

	NULL, BOOLEAN, NUMBER, STRING, ARRAY, OBJECT;

	/** The kind that a schema's {@code type} means; {@code null} if there is no such type. */
	static @Nullable JsonKind ofType(String type) {
		return switch (type) {
			case "null" -> NULL;
			case "boolean" -> BOOLEAN;
			case "number", "integer" -> NUMBER;
			case "string" -> STRING;
			case "array" -> ARRAY;
			case "object" -> OBJECT;
			default -> null;
		};
	}

	static JsonKind of(JsonNode value) {
		return switch (value.getNodeType()) {
			case BOOLEAN -> BOOLEAN;
			case NUMBER -> NUMBER;
			case STRING -> STRING;
			case ARRAY -> ARRAY;
			case OBJECT -> OBJECT;
			default -> NULL;
		};
	}

}
