package dev.corral.packaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The kinds of Kubernetes, from the schemas in the jars {@code io.fabric8:kubernetes-model-*}, read strictly: a field that a kind does
 * not have, and a value of another type, are wrong. Which fields are required those schemas do not tell.
 */
final class KubernetesSchemas {

	private final Map<String, JsonNode> kinds = new HashMap<>();

	private final Map<String, JsonNode> definitions = new HashMap<>();

	KubernetesSchemas() throws IOException {
		var files = KubernetesSchemas.class.getClassLoader().getResources("schema/validation-schema.json").asIterator();
		while (files.hasNext()) {
			try (var file = files.next().openStream()) {
				var schema = JsonMapper.shared().readTree(file);
				schema.get("definitions").propertyStream().forEach(one -> add(one.getKey(), one.getValue()));
				schema.get("resources").propertyStream().forEach(one -> addKind(one.getValue()));
			}
		}
	}

	private void add(String name, JsonNode definition) {
		definitions.putIfAbsent(name, definition);
		addKind(definition);
	}

	private void addKind(JsonNode definition) {
		var properties = definition.path("properties");
		var version = properties.path("apiVersion").path("default").asString("");
		var kind = properties.path("kind").path("default").asString("");
		if (!version.isEmpty() && !kind.isEmpty()) {
			kinds.putIfAbsent(version + " " + kind, definition);
		}
	}

	boolean knows(JsonNode manifest) {
		return kinds.containsKey(name(manifest));
	}

	/** What is wrong with a manifest of a kind that is known, each with its place. */
	List<String> problems(JsonNode manifest) {
		var problems = new ArrayList<String>();
		var kind = kinds.get(name(manifest));
		if (kind == null) {
			return List.of("unknown kind " + name(manifest));
		}
		check(manifest, kind, name(manifest), problems);
		return problems;
	}

	private static String name(JsonNode manifest) {
		return manifest.path("apiVersion").asString("") + " " + manifest.path("kind").asString("");
	}

	private void check(JsonNode value, JsonNode schema, String place, List<String> problems) {
		var reference = schema.path("$ref").asString("");
		if (reference.endsWith("IntOrString")) {
			expect(value.isInt() || value.isString(), place, "a number or text", problems);
		} else if (reference.endsWith("Quantity")) {
			expect(value.isNumber() || value.isString(), place, "a quantity", problems);
		} else if (reference.isEmpty()) {
			checkPlain(value, schema, place, problems);
		} else {
			var definition = definitions.get(reference.substring("#/definitions/".length()));
			if (definition == null) {
				problems.add(place + ": no schema " + reference);
			} else {
				checkPlain(value, definition, place, problems);
			}
		}
	}

	private void checkPlain(JsonNode value, JsonNode schema, String place, List<String> problems) {
		if (schema.has("properties")) {
			expect(value.isObject(), place, "an object", problems);
			for (var field : value.properties()) {
				var known = schema.get("properties").get(field.getKey());
				if (known == null) {
					problems.add(place + ": unknown field " + field.getKey());
				} else {
					check(field.getValue(), known, place + "." + field.getKey(), problems);
				}
			}
			return;
		}
		switch (schema.path("type").asString("")) {
			case "array" -> {
				expect(value.isArray(), place, "a list", problems);
				value.forEach(item -> check(item, schema.get("items"), place + "[]", problems));
			}
			case "object" -> {
				expect(value.isObject(), place, "an object", problems);
				var values = schema.path("additionalProperties");
				if (values.isObject()) {
					value.properties().forEach(
							field -> check(field.getValue(), values, place + "." + field.getKey(), problems));
				}
			}
			case "string" -> expect(value.isString(), place, "text", problems);
			case "integer" -> expect(value.isIntegralNumber(), place, "a whole number", problems);
			case "boolean" -> expect(value.isBoolean(), place, "true or false", problems);
			default -> {
			}
		}
	}

	private static void expect(boolean right, String place, String type, List<String> problems) {
		if (!right) {
			problems.add(place + ": not " + type);
		}
	}

}
