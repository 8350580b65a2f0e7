package dev.corral.openai;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.web.Json;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class EmbeddingsIntegrationTests extends HttpContract {

	@Test
	void answersWithAVectorForEachInput() {
		var body = json("{\"model\":\"llama\",\"input\":[\"ab\",[7,7,7]]}");

		assertThat(body.get("object").stringValue()).isEqualTo("list");
		assertThat(body.get("model").stringValue()).isEqualTo("llama");
		assertThat(body.get("usage").toString()).isEqualTo("{\"prompt_tokens\":6,\"total_tokens\":6}");
		assertThat(body.get("data").size()).isEqualTo(2);
		var second = body.get("data").get(1);
		assertThat(second.get("object").stringValue()).isEqualTo("embedding");
		assertThat(second.get("index").intValue()).isEqualTo(1);
		assertThat(vector(second)).containsExactly(new float[]{0.13018891f, 0.39056674f, 0.91132236f, 0},
				within(1e-6f));
	}

	@Test
	void writesTheSameVectorsInBase64() {
		var plain = vector(
				json("{\"model\":\"llama\",\"input\":\"ab\",\"encoding_format\":\"float\"}").get("data").get(0));

		var encoded = json("{\"model\":\"llama\",\"input\":\"ab\",\"encoding_format\":\"base64\"}").get("data").get(0)
				.get("embedding").stringValue();

		var floats = ByteBuffer.wrap(Base64.getDecoder().decode(encoded)).order(ByteOrder.LITTLE_ENDIAN)
				.asFloatBuffer();
		var decoded = new float[floats.remaining()];
		floats.get(decoded);
		assertThat(decoded).containsExactly(plain);
	}

	@Test
	void shortensVectorsToLengthOneAgain() {
		var vector = vector(json("{\"model\":\"llama\",\"input\":[7,7,7],\"dimensions\":2}").get("data").get(0));

		assertThat(vector).containsExactly(new float[]{0.31622776f, 0.94868326f}, within(1e-6f));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
		"input": ""                                 | input           | 'input' must not be empty.
		"input": ["a", ""]                          | input[1]        | 'input[1]' must not be empty.
		"input": []                                 | input           | 'input' must hold 1 to 2048 texts, but holds 0.
		"dimensions": 2                             | input           | 'input' is required.
		"input": "a", "dimensions": 5               | dimensions      | 'dimensions' must be between 1 and 4, what this model has, but is 5.
		"input": "a", "dimensions": 0               | dimensions      | 'dimensions' must be between 1 and 4, what this model has, but is 0.
		"input": "a", "encoding_format": "int8"     | encoding_format | 'encoding_format' must be one of float and base64.
		""")
	void namesTheFieldAtFault(String fields, String param, String message) {
		var body = post("{\"model\":\"llama\",%s}".formatted(fields)).expectStatus().isBadRequest().expectBody();

		body.jsonPath("$.error.param").isEqualTo(param);
		body.jsonPath("$.error.message").isEqualTo(message);
	}

	@Test
	void refusesMoreInputsThanTheApiAllows() {
		post("{\"model\":\"llama\",\"input\":[%s\"a\"]}".formatted("\"a\",".repeat(2048))).expectStatus().isBadRequest()
				.expectBody().jsonPath("$.error.message")
				.isEqualTo("'input' must hold 1 to 2048 texts, but holds 2049.");
	}

	@Test
	void knowsWhichModelsThereAre() {
		post("{\"model\":\"alpaca\",\"input\":\"a\"}").expectStatus().isNotFound();
	}

	@Override
	WebTestClient.ResponseSpec post(String body) {
		return client.post().uri("/v1/embeddings").contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private JsonNode json(String request) {
		var body = post(request).expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody();
		return Json.read(Objects.requireNonNull(body).getBytes(StandardCharsets.UTF_8));
	}

	private static float[] vector(JsonNode entry) {
		var numbers = entry.get("embedding");
		var vector = new float[numbers.size()];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = numbers.get(i).floatValue();
		}
		return vector;
	}

}
