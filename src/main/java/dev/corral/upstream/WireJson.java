package dev.corral.upstream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON to and from servers. What comes is as long as its reader allows, so that only its depth and its names need a bound. */
final class WireJson {

	private static final int MAX_DEPTH = 32;

	private static final int MAX_NUMBER_CHARACTERS = 100;

	private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
					.maxNumberLength(MAX_NUMBER_CHARACTERS).maxStringLength(Integer.MAX_VALUE).build())
			.build()).build();

	private WireJson() {
	}

	static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	static byte[] write(JsonNode value) {
		return MAPPER.writeValueAsBytes(value);
	}

	/** @throws JacksonException if this is not JSON */
	static JsonNode read(byte[] json) {
		return MAPPER.readTree(json);
	}

	/** @throws JacksonException if this is not JSON */
	static JsonNode read(String json) {
		return MAPPER.readTree(json);
	}

}
