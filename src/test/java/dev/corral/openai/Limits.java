package dev.corral.openai;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values at the limits that a description gives for the fields of a request, and just beyond them. */
final class Limits {

	private static final BigDecimal LITTLE = new BigDecimal("0.01");

	private final JsonNode document;

	private final Map<String, Values> found = new TreeMap<>();

	/** @param document what has the schemas that are referred to */
	Limits(JsonNode document) {
		this.document = document;
	}

	/** @param allowed within the limits, as far as these are described; {@code refused} is not */
	record Values(List<JsonNode> allowed, List<JsonNode> refused) {
	}

	/** The values for fields of the body itself, by name. */
	Map<String, Values> of(JsonNode schema) {
		var reference = schema.path("$ref").stringValue("");
		if (!reference.isEmpty()) {
			return of(document.at(reference.substring(1)));
		}
		schema.path("allOf").forEach(this::of);
		for (var property : schema.path("properties").properties()) {
			var values = new Values(new ArrayList<>(), new ArrayList<>());
			collect(property.getValue(), values);
			found.put(property.getKey(), values);
		}
		return found;
	}

	private static void collect(JsonNode schema, Values values) {
		schema.path("anyOf").forEach(option -> collect(option, values));
		var type = schema.path("type").isArray() ? schema.path("type").path(0) : schema.path("type");
		switch (type.stringValue("")) {
			case "integer", "number" -> numbers(schema, values);
			case "string" -> add(schema, "minLength", "maxLength", Limits::text, values);
			case "array" -> {
				var item = schema.at("/items/type").stringValue("");
				if (item.equals("string") || item.equals("integer")) {
					add(schema, "minItems", "maxItems", length -> list(length, item), values);
				}
			}
			default -> {
			}
		}
	}

	private static void numbers(JsonNode schema, Values values) {
		var step = schema.path("type").toString().contains("integer") ? BigDecimal.ONE : LITTLE;
		for (var keyword : List.of("minimum", "maximum", "exclusiveMinimum")) {
			if (schema.has(keyword)) {
				var limit = schema.path(keyword).decimalValue();
				boolean exclusive = keyword.startsWith("exclusive");
				values.refused.add(
						number(exclusive ? limit : keyword.equals("maximum") ? limit.add(step) : limit.subtract(step)));
				values.allowed.add(number(exclusive ? limit.add(step) : limit));
			}
		}
	}

	private static void add(JsonNode schema, String least, String most,
			IntFunction<JsonNode> ofLength, Values values) {
		if (schema.has(least) && schema.path(least).intValue() > 0) {
			values.allowed.add(ofLength.apply(schema.path(least).intValue()));
			values.refused.add(ofLength.apply(schema.path(least).intValue() - 1));
		}
		if (schema.has(most)) {
			values.allowed.add(ofLength.apply(schema.path(most).intValue()));
			values.refused.add(ofLength.apply(schema.path(most).intValue() + 1));
		}
	}

	private static JsonNode number(BigDecimal number) {
		return number.scale() <= 0
				? JsonNodeFactory.instance.numberNode(number.longValueExact())
				: JsonNodeFactory.instance.numberNode(number);
	}

	private static JsonNode text(int length) {
		return JsonNodeFactory.instance.stringNode("x".repeat(length));
	}

	private static JsonNode list(int length, String item) {
		var list = JsonNodeFactory.instance.arrayNode();
		IntStream.range(0, length).forEach(i -> {
			if (item.equals("integer")) {
				list.add(100 + i);
			} else {
				list.add("x" + i);
			}
		});
		return list;
	}

}
