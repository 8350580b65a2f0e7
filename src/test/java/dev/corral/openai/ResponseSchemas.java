package dev.corral.openai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.corral.web.Json;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The schemas of what the OpenAI API answers, strict about fields that it does not have. */
final class ResponseSchemas {

	private static final String RESOURCE = "responses.schema.json";

	private ResponseSchemas() {
	}

	/** @param definition which of the schemas */
	static void assertConforms(String json, String definition) {
		assertThat(schema(definition).validate(json, InputFormat.JSON)).as("%s: %s", definition, json).isEmpty();
	}

	private static Schema schema(String definition) {
		try (var resource = Objects.requireNonNull(ResponseSchemas.class.getResourceAsStream(RESOURCE))) {
			var all = (ObjectNode) Json.read(resource.readAllBytes());
			assertThat(all.get("$defs").has(definition)).as(definition).isTrue();
			all.put("$ref", "#/$defs/" + definition);
			return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
					.getSchema(all.toString(),
							InputFormat.JSON);
		} catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

}
