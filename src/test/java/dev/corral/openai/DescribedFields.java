package dev.corral.openai;

import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;

/** What the description of the APIs says about the fields of a request. */
final class DescribedFields {

	private final JsonNode document;

	private final boolean ignored;

	private final Set<String> fields = new TreeSet<>();

	private DescribedFields(JsonNode document, boolean ignored) {
		this.document = document;
		this.ignored = ignored;
	}

	/** The paths of the fields that a schema describes, with or without those that it says are ignored. */
	static Set<String> of(JsonNode document, JsonNode schema, boolean ignored) {
		var described = new DescribedFields(document, ignored);
		described.collect(schema, "");
		return described.fields;
	}

	private void collect(JsonNode schema, String path) {
		var reference = schema.path("$ref").stringValue("");
		if (!reference.isEmpty()) {
			collect(document.at(reference.substring(1)), path);
			return;
		}
		for (var property : schema.path("properties").properties()) {
			if (ignored || !property.getValue().path("x-ignored").asBoolean(false)) {
				var name = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
				fields.add(name);
				collect(property.getValue(), name);
			}
		}
		schema.path("anyOf").forEach(option -> collect(option, path));
		schema.path("allOf").forEach(part -> collect(part, path));
		if (schema.has("items")) {
			collect(schema.path("items"), path + "[]");
		}
	}

}
