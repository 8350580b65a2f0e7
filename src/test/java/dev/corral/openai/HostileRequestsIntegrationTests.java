package dev.corral.openai;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What has broken other servers of models, and is refused here before an engine hears of it. {@code docs/security.md} says of each where it was seen. */
class HostileRequestsIntegrationTests extends HttpContract {

	private static final String CONTENT = "\"content\":\"hi\"";

	@ParameterizedTest
	@ValueSource(strings = {"\"n\":129", "\"n\":1000000000", "\"n\":-1", "\"n\":0", "\"best_of\":100000",
			"\"max_tokens\":-1", "\"top_logprobs\":1000000,\"logprobs\":true", "\"n_discard\":-1,\"n\":1e9"})
	void refusesNumbersThatWouldCostMoreThanARequestMay(String field) {
		post(HI.replace("{\"model\"", "{" + field + ",\"model\"")).expectStatus().isBadRequest();

		assertThat(engine.requests()).isEmpty();
	}

	@Test
	void rendersNoTemplateOfARequest() {
		var template = "{{ ''.__class__.__mro__ }}";
		post(HI.replace("{\"model\"", "{\"chat_template\":\"" + template + "\",\"model\""));
		post(HI.replace("\"hi\"", "\"" + template + "\"")).expectStatus().isOk();

		assertThat(engine.prompt()).contains(template);
		assertThat(engine.requests()).hasSizeLessThanOrEqualTo(2).allSatisfy(
				request -> assertThat(engine.tokenizer().detokenize(request.promptTokens())).doesNotContain("class '"));
	}

	@Test
	void refusesHeadersAndLinesThatAreTooLong() throws IOException {
		try (var connection = RawClient.open(port)) {
			connection.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
			assertThat(connection.readResponse().status()).isEqualTo(431);
		}
		try (var connection = RawClient.open(port)) {
			connection.send("GET /v1/" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(connection.readResponse().status()).isEqualTo(414);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "..\\\\..\\\\windows", "llama/../llama",
			"file:///etc/passwd",
			"http://127.0.0.1/model", "llama\\u0000.gguf", "classpath:application.yml"})
	void takesNamesOfModelsForNamesAlone(String name) {
		for (var path : List.of(CHAT, "/v1/messages", "/api/chat", "/api/show", "/v1/embeddings")) {
			var body = "{\"model\":\"%s\",\"max_tokens\":2,\"input\":\"a\",\"messages\":[{\"role\":\"user\",%s}]}"
					.formatted(name, CONTENT);
			var answer = post(path, body).expectStatus().value(status -> assertThat(status).isIn(400, 404))
					.expectBody(String.class).returnResult().getResponseBody();
			assertThat(answer).doesNotContain("root:", "No such file", "corral:");
		}
		assertThat(engine.requests()).isEmpty();
	}

	@Test
	void fetchesNothingThatARequestNames() throws IOException {
		try (var elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			var url = "http://127.0.0.1:%d/a.png".formatted(elsewhere.getLocalPort());
			post(HI.replace("\"hi\"",
					"[{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}]".formatted(url))).expectStatus()
					.is4xxClientError();
			post("/v1/messages",
					"""
						{"model":"llama","max_tokens":2,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"%s"}}]}]}"""
							.formatted(url))
					.expectStatus().is4xxClientError();
			post("/v1/responses", """
				{"model":"llama","input":[{"role":"user","content":[{"type":"input_image","image_url":"%s"}]}]}"""
					.formatted(url)).expectStatus().is4xxClientError();
			post("/api/pull", "{\"model\":\"%s\"}".formatted(url)).expectStatus().isEqualTo(501);
			post("/api/create", "{\"model\":\"a\",\"from\":\"%s\"}".formatted(url)).expectStatus().isEqualTo(501);
			post(HI.replace("{\"model\"", "{\"api_base\":\"%s\",\"base_url\":\"%1$s\",\"model\"".formatted(url)))
					.expectStatus().isOk();

			// Whoever connects does so before the answer; one look is enough.
			elsewhere.setSoTimeout(1);
			assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"sbom", "sbom/application", "env", "heapdump", "threaddump", "configprops", "beans",
			"loggers",
			"shutdown", "mappings"})
	void tellsNothingElseOfItselfEvenToAdministrators(String endpoint) {
		client.get().uri("/actuator/" + endpoint).exchange().expectStatus().isNotFound();
	}

}
