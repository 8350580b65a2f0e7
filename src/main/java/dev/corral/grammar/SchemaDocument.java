package dev.corral.grammar;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON Schema (draft 2020-12) as it was sent. Schemas in it are checked for unknown keywords when they are first used. */
final class SchemaDocument {

	/** A schema in a schema is two or three levels of JSON further down. */
	private static final int JSON_LEVELS_PER_SCHEMA = 3;

	/** What is honoured. */
	private static final Set<String> SUPPORTED = Set.of("type", "enum", "const", "properties", "required",
			"additionalProperties", "items", "prefixItems", "minItems", "maxItems", "minLength", "maxLength", "pattern",
			"format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "anyOf", "oneOf", "allOf", "$ref",
			"$defs", "definitions");

	/** What says nothing about which values are valid. {@code discriminator} is OpenAPI's hint beside {@code oneOf}. */
	private static final Set<String> ANNOTATIONS = Set.of("title", "description", "default", "examples", "example",
			"deprecated", "readOnly", "writeOnly", "$comment", "$schema", "discriminator");

	private final String parameter;

	private final SchemaNode root;

	private int nodes;

	/**
	 * @param parameter what errors name
	 * @throws InvalidParameter if the text is too long or no JSON
	 */
	SchemaDocument(String parameter, String schema, Budget budget) {
		this.parameter = parameter;
		budget.checkCharacters(schema.length(), place(""));
		var mapper = JsonMapper
				.builder(JsonFactory.builder()
						.streamReadConstraints(StreamReadConstraints.builder()
								.maxNestingDepth(JSON_LEVELS_PER_SCHEMA * budget.limits().depth()).build())
						.build())
				.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
				.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
				.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
		try {
			root = node(null, "", mapper.readTree(schema));
		} catch (JacksonException malformed) {
			throw place("").problem("it is no JSON, names a property twice or nests too deep" + at(malformed));
		}
	}

	private static String at(JacksonException malformed) {
		var at = malformed.getLocation();
		return at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
	}

	SchemaNode root() {
		return root.schema();
	}

	/** @param where a pointer, perhaps one that is written when it is needed */
	Place place(Object where) {
		return new Place(parameter, where);
	}

	SchemaNode node(@Nullable SchemaNode parent, String name, JsonNode json) {
		return new SchemaNode(this, parent, name, json, nodes++);
	}

	/** @throws InvalidParameter if this is no schema or has a keyword that cannot be honoured */
	void check(SchemaNode node, JsonNode json) {
		if (!json.isObject() && !json.isBoolean()) {
			throw node.place().problem("a schema must be an object or a boolean");
		}
		for (var keyword : json.propertyNames()) {
			if (SUPPORTED.contains(keyword) || ANNOTATIONS.contains(keyword) || keyword.startsWith("x-")
					|| (keyword.equals("$id") && node == root)
					|| (keyword.equals("uniqueItems") && json.get(keyword).isBoolean()
							&& !json.get(keyword).booleanValue())) {
				continue;
			}
			throw node.place(keyword).problem("the keyword %s is not supported".formatted(keyword));
		}
	}

	/**
	 * What a reference points to.
	 *
	 * @throws InvalidParameter if it is not in this document
	 */
	SchemaNode resolve(SchemaNode from, String reference) {
		if (!reference.equals("#") && !reference.startsWith("#/")) {
			throw from.place("$ref")
					.problem("only references inside of the document, such as #/$defs/a, are supported");
		}
		var at = root;
		for (var part : reference.length() < 2 ? new String[0] : reference.substring(2).split("/", -1)) {
			var child = at.child(unescape(part, from));
			if (child == null) {
				throw from.place("$ref").problem("there is no %s".formatted(reference));
			}
			at = child;
		}
		return at.schema();
	}

	private static String unescape(String part, SchemaNode from) {
		try {
			return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8).replace("~1", "/").replace("~0",
					"~");
		} catch (IllegalArgumentException malformed) {
			throw from.place("$ref").problem("the reference is malformed");
		}
	}

	static String escape(String name) {
		return name.replace("~", "~0").replace("/", "~1");
	}

}
