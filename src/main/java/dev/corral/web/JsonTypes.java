package dev.corral.web;

import dev.corral.inference.InvalidParameter;

import tools.jackson.databind.JsonNode;

/** Says in words which type of JSON value was wanted and which one came. */
final class JsonTypes {

	private JsonTypes() {
	}

	/**
	 * @param path where the value stands in the request
	 * @param wanted the type with its article; ends with {@code integer} if the number's size or fraction is the problem
	 */
	static InvalidParameter mismatch(String path, String wanted, JsonNode actual) {
		return new InvalidParameter(path, "must be %s, but is %s".formatted(wanted, describe(wanted, actual)));
	}

	private static String describe(String wanted, JsonNode actual) {
		return switch (actual.getNodeType()) {
			case STRING -> "a string";
			case NUMBER -> wanted.endsWith("integer") ? describeNoInteger(actual) : "a number";
			case BOOLEAN -> "a boolean";
			case ARRAY -> "an array";
			case OBJECT -> "an object";
			default -> "null";
		};
	}

	private static String describeNoInteger(JsonNode number) {
		return number.isIntegralNumber() ? "out of range" : "a number with a fraction";
	}

}
