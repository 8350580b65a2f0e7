package dev.corral.worker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.RealApplication;
import dev.corral.openai.ResponseSchemas;
import dev.corral.web.ApiDescription;

import static org.assertj.core.api.Assertions.assertThat;

/** What a worker serves, and whom. */
@TestPropertySource(properties = {"corral.role=worker", "corral.workers.key=open sesame",
		"corral.workers.mode=process"})
class WorkerRoleIntegrationTests extends RealApplication {

	private static final String COMPLETION = """
		{"model": "cria", "prompt": [1, 2, 3], "max_tokens": 2}""";

	@Autowired
	private ApiDescription description;

	@AfterEach
	void undrain() {
		keyed().post().uri("/worker/undrain").exchange().expectStatus().isOk();
	}

	private WebTestClient keyed() {
		return client().mutate().defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer open sesame").build();
	}

	@ParameterizedTest
	@ValueSource(strings = {"/", "/index.html", "/api/workers", "/api/tags", "/api/conversations", "/v1/responses",
			"/docs",
			"/openapi.json", "/actuator/health", "/v1/chat/completions", "/v1/models/cria"})
	void servesNothingThatGatewaysDo(String path) {
		var answer = keyed().get().uri(path).exchange();

		answer.expectStatus().isNotFound().expectBody().jsonPath("$.error.message")
				.isEqualTo("A worker does not serve this. Ask its gateway.");
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer open sesam", "Bearer open sesame!", "Basic open sesame",
			"open sesame"})
	void answersNobodyWithoutTheKey(String credentials) {
		for (var path : new String[]{"/worker/status", "/v1/models", "/nothing"}) {
			var answer = client().get().uri(path).header(HttpHeaders.AUTHORIZATION, credentials).exchange();

			answer.expectStatus().isUnauthorized().expectHeader().valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
					.expectBody().jsonPath("$.error.code").isEqualTo("invalid_api_key");
		}
	}

	@Test
	void tellsProbesOfHealthWithoutAKey() {
		client().get().uri("/actuator/health/liveness").exchange().expectStatus().isOk();
		client().get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
	}

	@Test
	void takesWorkFromWhoHasTheKey() {
		keyed().get().uri("/v1/models").exchange().expectStatus().isOk();
		complete(keyed()).expectStatus().isOk();
		post("/tokenize", "{\"content\": \"Hello\"}").expectStatus().isOk();
		post("/detokenize", "{\"tokens\": [5]}").expectStatus().isOk();
		post("/v1/embeddings", "{\"model\": \"cria\", \"input\": [[5, 6]]}").expectStatus().isOk();
	}

	@Test
	void tellsWhatItServes() {
		var body = keyed().get().uri("/worker/status").exchange().expectStatus().isOk().expectBody(String.class)
				.returnResult().getResponseBody();

		new ResponseSchemas(description.document()).assertConforms(String.valueOf(body), "WorkerReport");
		assertThat(body).contains("\"name\":\"cria\",\"state\":\"ready\",\"failure\":null")
				.containsPattern("\"fingerprint\":\"[0-9a-f]{64}\"").contains("\"sequences\":8")
				.contains("\"draining\":false");
	}

	@Test
	void refusesNewRequestsWhileItDrains() {
		post("/worker/drain", "").expectStatus().isOk().expectBody().json("{\"draining\": true, \"running\": 0}");

		complete(keyed()).expectStatus().isEqualTo(503).expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "5")
				.expectBody().jsonPath("$.error.code").isEqualTo("draining");
		keyed().get().uri("/worker/status").exchange().expectBody().jsonPath("$.draining").isEqualTo(true);
		post("/worker/undrain", "").expectBody().json("{\"draining\": false}");
		complete(keyed()).expectStatus().isOk();
	}

	private WebTestClient.ResponseSpec complete(WebTestClient client) {
		return client.post().uri("/v1/completions").contentType(MediaType.APPLICATION_JSON).bodyValue(COMPLETION)
				.exchange();
	}

	private WebTestClient.ResponseSpec post(String path, String body) {
		return keyed().post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

}
