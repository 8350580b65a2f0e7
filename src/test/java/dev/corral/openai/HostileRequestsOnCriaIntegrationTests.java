package dev.corral.openai;

import java.io.IOException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.RealApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** What has ended or stalled the engines of other servers is refused here, and the next request is answered; and what only the whole application has. */
@TestPropertySource(properties = {"corral.engine.threads=1", "corral.store.url=h2:mem:${random.uuid}"})
class HostileRequestsOnCriaIntegrationTests extends RealApplication {

	@ParameterizedTest
	@ValueSource(strings = {"\"guided_regex\":\"((a{9999}){9999}){9999}\"", "\"guided_regex\":\"(((((\"",
			"\"guided_regex\":\"(?=a)b\"", "\"guided_grammar\":\"root ::= root\"",
			"\"guided_grammar\":\"root ::= ((((a\"", "\"guided_grammar\":\"\"",
			"\"guided_json\":{\"type\":\"string\",\"pattern\":\"(((\"}", "\"guided_json\":{\"type\":17}",
			"\"guided_json\":{\"type\":\"array\",\"minItems\":1000000000}",
			"\"guided_json\":{\"$ref\":\"http://127.0.0.1:1/schema.json\"}",
			"\"guided_json\":{\"$ref\":\"file:///etc/passwd\"}"})
	void refusesWhatCannotBeCompiledAndGoesOn(String constraint) {
		chat("," + constraint).expectStatus().isBadRequest();

		chat("").expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = {"..%2f..%2fetc%2fpasswd", "a%2Fb", "%2f"})
	void hasNothingBehindAnEncodedSlash(String path) throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send("GET /actuator/health/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(connection.readResponse().status()).isEqualTo(404);
		}
	}

	private WebTestClient.ResponseSpec chat(String more) {
		return client().post().uri("/v1/chat/completions").contentType(MediaType.APPLICATION_JSON).bodyValue(
				"{\"model\":\"%s\",\"max_tokens\":2,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}"
						.formatted(MODEL, more))
				.exchange();
	}

}
