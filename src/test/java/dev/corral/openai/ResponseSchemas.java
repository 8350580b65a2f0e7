package dev.corral.openai;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds answers against the schemas that the server itself publishes, which are strict about fields that they do not name. */
public final class ResponseSchemas {

	private final JsonNode description;

	/** @param description what {@code /openapi.json} tells; its schemas are those of JSON Schema 2020-12 */
	public ResponseSchemas(JsonNode description) {
		this.description = description;
	}

	/** @param name of one of its schemas */
	public void assertConforms(String json, String name) {
		assertThat(description.at("/components/schemas").has(name)).as(name).isTrue();
		var schema = ((ObjectNode) description.deepCopy()).put("$ref", "#/components/schemas/" + name);
		var judge = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema.toString(),
				InputFormat.JSON);
		assertThat(judge.validate(json, InputFormat.JSON)).as("%s: %s", name, json).isEmpty();
	}

}
