package dev.corral.responses;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.util.unit.DataSize;

import dev.corral.openai.DescribedFields;
import dev.corral.openai.FuzzedRoute;
import dev.corral.openai.RecordingNode;
import dev.corral.web.ApiDescription;
import dev.corral.web.ApiSettings;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

import static org.assertj.core.api.Assertions.assertThat;

/** The description of requests and what the parser reads of them are the same. */
@SpringJUnitConfig(ApiDescription.class)
class DescriptionTests {

	@Autowired
	private ApiDescription description;

	@Test
	void describesTheFieldsOfResponsesThatAreRead() {
		var read = new TreeSet<String>();
		var parser = new ResponsesParser(new ApiSettings(Duration.ofSeconds(10), DataSize.ofMegabytes(1),
				Duration.ofSeconds(10), Duration.ofSeconds(30), 100));
		Stream.concat(FuzzedRoute.RESPONSES.stream(), FuzzedRoute.UNFINDABLE_RESPONSES.stream())
				.forEach(body -> parser.parse(JsonFields.ofBody(
						RecordingNode.recording(Json.read(body.getBytes(StandardCharsets.UTF_8)), "", read))));
		// The keys of a map or a schema are no fields.
		read.removeIf(field -> field.matches("metadata\\..*|.*\\.parameters\\..*"));

		assertThat(DescribedFields.of(description, "ResponseRequest", true)).containsAll(read);
		assertThat(read).containsAll(DescribedFields.of(description, "ResponseRequest", false));
	}

}
