package dev.corral.openai;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.util.unit.DataSize;

import dev.corral.web.ApiDescription;
import dev.corral.web.ApiSettings;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

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
		read.removeIf(field -> field.matches("(logit_bias|metadata)\\..*|.*\\.parameters\\..*"));

		assertThat(DescribedFields.of(description, "ChatCompletionRequest", true)).containsAll(read);
		assertThat(read).containsAll(DescribedFields.of(description, "ChatCompletionRequest", false));
	}

}
