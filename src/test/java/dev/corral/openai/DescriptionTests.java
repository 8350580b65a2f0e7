package dev.corral.openai;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.util.unit.DataSize;

import dev.corral.web.ApiDescription;
import dev.corral.web.ApiSettings;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The description of requests and what parsers read of them are the same. */
@SpringJUnitConfig(ApiDescription.class)
class DescriptionTests {

	private static final ApiSettings SETTINGS = new ApiSettings(Duration.ofSeconds(10), DataSize.ofMegabytes(1),
			Duration.ofSeconds(10), Duration.ofSeconds(30), 100);

	@Autowired
	private ApiDescription description;

	@Test
	void describesTheFieldsOfChatsThatAreRead() {
		var read = new TreeSet<String>();
		var parser = new ChatCompletionParser(SETTINGS);
		for (var body : FuzzedRoute.ALL.getFirst().bodies()) {
			parser.parse(JsonFields
					.ofBody(RecordingNode.recording(Json.read(body.getBytes(StandardCharsets.UTF_8)), "", read)));
		}
		// The keys of a map or a schema are no fields.
		read.removeIf(field -> field.matches("logit_bias\\..*|.*\\.parameters\\..*"));

		assertThat(described("ChatCompletionRequest", true)).containsAll(read);
		assertThat(read).containsAll(described("ChatCompletionRequest", false));
	}

	/** The paths of the fields that a request schema describes, with or without those that it says are ignored. */
	private Set<String> described(String schema, boolean ignored) {
		var fields = new TreeSet<String>();
		collect(description.document().at("/components/schemas/" + schema), "", ignored, fields);
		return fields;
	}

	private void collect(JsonNode schema, String path, boolean ignored, Set<String> fields) {
		var reference = schema.path("$ref").stringValue("");
		if (!reference.isEmpty()) {
			collect(description.document().at(reference.substring(1)), path, ignored, fields);
			return;
		}
		for (var property : schema.path("properties").properties()) {
			if (ignored || !property.getValue().path("x-ignored").asBoolean(false)) {
				var name = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
				fields.add(name);
				collect(property.getValue(), name, ignored, fields);
			}
		}
		schema.path("anyOf").forEach(option -> collect(option, path, ignored, fields));
		if (schema.has("items")) {
			collect(schema.path("items"), path + "[]", ignored, fields);
		}
	}

}
