package dev.corral.web;

import tools.jackson.core.JacksonException;
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

	private static final JsonMapper MAPPER = JsonMapper.builder()
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
	 * @throws JacksonException if this is not one JSON value
	 */
	public static JsonNode read(byte[] json) {
		return MAPPER.readTree(json);
	}

}
