package dev.corral.web;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as this API writes it: snake case, fields in the order of their declaration, nulls written. A mapper of its own, so
 * that no {@code spring.jackson} setting can change the wire format.
 */
public final class Json {

	/** Room for the deepest schema that an engine compiles, and for what it stands in. */
	static final int MAX_DEPTH = 256;

	/** More digits than any number that is served. */
	static final int MAX_NUMBER_CHARACTERS = 400;

	static final int MAX_NAME_CHARACTERS = 10_000;

	/** Values, names and brackets. Each takes some 100 bytes as a tree, up to fifty times what it takes as text. */
	static final int MAX_TOKENS = 250_000;

	private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
					.maxNumberLength(MAX_NUMBER_CHARACTERS).maxNameLength(MAX_NAME_CHARACTERS).maxTokenCount(MAX_TOKENS)
					.build())
			.build())
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			// Of two fields with one name, parsers differ on which one counts.
			.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

	private Json() {
	}

	public static String write(Object value) {
		return MAPPER.writeValueAsString(value);
	}

	/**
	 * @throws JacksonException if this is not one JSON value, or too deep, too long a number or name, or too many values
	 */
	public static JsonNode read(byte[] json) {
		return MAPPER.readTree(json);
	}

	/**
	 * What {@link #write} has written, as a value again; fields that the type does not have are left out.
	 *
	 * @throws JacksonException as above, or if it is no such value
	 */
	public static <T> T read(String json, Class<T> type) {
		return MAPPER.readValue(json, type);
	}

	/** As {@link #read(byte[])}, when the encoding is settled. */
	static JsonNode read(String json) {
		return MAPPER.readTree(json);
	}

}
