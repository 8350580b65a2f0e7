package dev.corral.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Draws schemas from the supported subset. Most can be satisfied. */
final class RandomSchema {

	private static final List<String> NAMES = List.of("a", "b", "ab", "name", "é", "x y", "q\"", "", "n\n");

	private static final List<String> PATTERNS = List.of("^[a-c]{2,5}$", "x", "^\\d+-\\d+$", "[^a-z]$", "^(é|日本)*$",
			"^[^\n]{3}",
			"a|^b$", "\\w \\w", "^\"\\\\\n?$");

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private final SplittableRandom random;

	private RandomSchema(SplittableRandom random) {
		this.random = random;
	}

	static ObjectNode draw(SplittableRandom random) {
		var generator = new RandomSchema(random);
		var root = generator.schema(3);
		var definitions = root.putObject("$defs");
		definitions.set("leaf", generator.schema(1));
		var list = definitions.putObject("list").put("type", "object").put("additionalProperties", false);
		list.putArray("required").add("value");
		list.putObject("properties").set("value", generator.schema(1)).putObject("next").put("$ref",
				"#/$defs/list");
		return root;
	}

	private ObjectNode schema(int depth) {
		var schema = JSON.objectNode();
		switch (random.nextInt(depth > 0 ? 14 : 6)) {
			case 0 -> schema.put("type", pick(List.of("null", "boolean")));
			case 1 -> number(schema.put("type", "integer"), 0);
			case 2 -> number(schema.put("type", "number"), random.nextInt(3));
			case 3 -> string(schema.put("type", "string"));
			case 4 -> values(schema);
			case 5 -> schema.putArray("type").add("string").add("null").add("integer");
			case 6, 7 -> array(schema.put("type", "array"), depth);
			case 8, 9, 10 -> object(schema.put("type", "object"), depth);
			case 11 -> choice(schema.putArray("anyOf"), depth);
			case 12 -> schema.put("$ref", pick(List.of("#/$defs/leaf", "#/$defs/list")));
			default -> merged(schema, depth);
		}
		return schema;
	}

	private void number(ObjectNode schema, int scale) {
		if (random.nextBoolean()) {
			schema.put(pick(List.of("minimum", "exclusiveMinimum")), decimal(-150, scale));
		}
		if (random.nextBoolean()) {
			schema.put(pick(List.of("maximum", "exclusiveMaximum")), decimal(0, scale));
		}
	}

	private BigDecimal decimal(int least, int scale) {
		return BigDecimal.valueOf(least * (long) Math.pow(10, scale) + random.nextInt(200 * (int) Math.pow(10, scale)),
				scale);
	}

	private void string(ObjectNode schema) {
		switch (random.nextInt(5)) {
			case 0 -> schema.put("minLength", random.nextInt(4)).put("maxLength", 3 + random.nextInt(9));
			case 1 -> schema.put("pattern", pick(PATTERNS));
			case 2 -> schema.put("format", pick(List.of("date", "time", "date-time", "uuid")));
			case 3 -> schema.put("pattern", pick(PATTERNS)).put("maxLength", 6);
			default -> schema.put("minLength", random.nextInt(3));
		}
	}

	private void values(ObjectNode schema) {
		var values = schema.putArray("enum");
		for (int i = 1 + random.nextInt(4); i > 0; i--) {
			switch (random.nextInt(5)) {
				case 0 -> values.add(random.nextInt(-5, 5));
				case 1 -> values.add(pick(NAMES));
				case 2 -> values.addNull();
				case 3 -> values.add(random.nextInt(20) / 4.0);
				default -> values.addObject().put(pick(NAMES), true).putArray(pick(NAMES) + "s").add(1).add("x");
			}
		}
	}

	private void array(ObjectNode schema, int depth) {
		if (random.nextBoolean()) {
			schema.set("items", schema(depth - 1));
		}
		if (random.nextInt(3) == 0) {
			schema.putArray("prefixItems").add(schema(depth - 1)).add(schema(0));
		}
		if (random.nextBoolean()) {
			int least = random.nextInt(4);
			schema.put("minItems", least).put("maxItems", least + random.nextInt(4));
		}
	}

	private void object(ObjectNode schema, int depth) {
		var properties = schema.putObject("properties");
		var names = new ArrayList<String>();
		for (int i = random.nextInt(5); i > 0; i--) {
			names.add(pick(NAMES));
			properties.set(names.getLast(), schema(depth - 1));
		}
		var required = schema.putArray("required");
		names.stream().distinct().filter(_ -> random.nextBoolean()).forEach(required::add);
		switch (random.nextInt(3)) {
			case 0 -> schema.put("additionalProperties", false);
			case 1 -> schema.set("additionalProperties", schema(depth - 1));
			default -> {
			}
		}
	}

	private void choice(ArrayNode branches, int depth) {
		for (int i = 1 + random.nextInt(3); i > 0; i--) {
			branches.add(schema(depth - 1));
		}
	}

	private void merged(ObjectNode schema, int depth) {
		var parts = schema.putArray("allOf");
		for (int i = 0; i < 2; i++) {
			var part = parts.addObject();
			object(part, depth - 1);
			part.remove("additionalProperties");
		}
		if (random.nextBoolean()) {
			schema.put("type", "object");
		}
	}

	private <T> T pick(List<T> list) {
		return list.get(random.nextInt(list.size()));
	}

}
