package dev.corral.access;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import dev.corral.openai.DescribedFields;
import dev.corral.openai.RecordingNode;
import dev.corral.web.ApiDescription;
import dev.corral.web.Json;
import dev.corral.web.JsonFields;

import static org.assertj.core.api.Assertions.assertThat;

/** The description of requests and what is read of them are the same. */
@SpringJUnitConfig(ApiDescription.class)
class DescriptionTests {

	@Autowired
	private ApiDescription description;

	@Test
	void describesTheFieldsOfKeysThatAreRead() {
		var read = new TreeSet<String>();

		KeyParser.parse(recording(
				"{\"name\":\"a\",\"owner\":\"b\",\"role\":\"user\",\"models\":[\"m\"],\"expires_at\":\"2100-01-31T12:00:00Z\"}",
				read));

		assertThat(read).containsExactlyElementsOf(DescribedFields.of(description, "NewKey", true));
	}

	@Test
	void describesTheFieldsOfSigningInThatAreRead() {
		var read = new TreeSet<String>();

		SessionController.key(recording("{\"key\":\"k\"}", read));

		assertThat(read).containsExactlyElementsOf(DescribedFields.of(description, "SignIn", true));
	}

	private static JsonFields recording(String body, TreeSet<String> read) {
		return JsonFields.ofBody(RecordingNode.recording(Json.read(body.getBytes(StandardCharsets.UTF_8)), "", read));
	}

}
