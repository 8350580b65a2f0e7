package dev.corral.openai;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.web.Json;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ErrorsIntegrationTests extends HttpContract {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
		{"model":"alpaca","messages":[{"role":"user","content":"hi"}]}     | 404 | invalid_request_error | model    | model_not_found
		{"model":"slow","messages":[{"role":"user","content":"hi"}]}       | 503 | server_error          | model    | model_loading
		{"model":"org/broken","messages":[{"role":"user","content":"hi"}]} | 503 | server_error          | model    | model_failed
		{"model":"llama","messages":[]}                                    | 400 | invalid_request_error | messages | -
		{"model":"llama",                                                  | 400 | invalid_request_error | -        | -
		{"model":"llama","model":"slow"}                                   | 400 | invalid_request_error | -        | -
		{} {}                                                              | 400 | invalid_request_error | -        | -
		{"temperature":NaN}                                                | 400 | invalid_request_error | -        | -
		[]                                                                 | 400 | invalid_request_error | -        | -
		` `                                                                | 400 | invalid_request_error | -        | -
		""")
	void refusesABody(String body, int status, String type, @Nullable String param, @Nullable String code) {
		assertEnvelope(post(body), status, type, param, code);
	}

	@Test
	void refusesAnEmptyBody() {
		assertEnvelope(client.post().uri(CHAT).contentType(MediaType.APPLICATION_JSON).exchange(), 400,
				"invalid_request_error", null, null);
	}

	@Test
	void refusesAPromptThatDoesNotFitNamingBothSizes() {
		var body = HI.replace("hi", "x".repeat(FakeEngineApplication.CONTEXT_TOKENS));

		assertThat(assertEnvelope(post(body), 400, "invalid_request_error", "messages", "context_length_exceeded"))
				.contains("512 tokens", "529 tokens");
	}

	@ParameterizedTest
	@CsvSource({"GET, /v1/completions, 405", "DELETE, /v1/models, 405", "GET, /v1/unknown, 404", "GET, /v1, 404",
			"POST, /v1/images/generations, 404", "GET, /v1/models/alpaca, 404"})
	void refusesWhatItDoesNotServe(String method, String path, int status) {
		var code = path.endsWith("alpaca") ? "model_not_found" : null;

		assertEnvelope(client.method(HttpMethod.valueOf(method)).uri(path).exchange(), status, "invalid_request_error",
				code == null ? null : "model", code);
	}

	@Test
	void namesTheMethodsItAllows() {
		client.get().uri("/v1/completions").exchange().expectHeader().valueEquals("Allow", "POST");
	}

	@Test
	void refusesABodyThatIsNotDeclaredAsJson() {
		assertEnvelope(client.post().uri(CHAT).contentType(MediaType.TEXT_PLAIN).bodyValue(HI).exchange(), 415,
				"invalid_request_error", null, null);
	}

	@Test
	void refusesABodyOverTheLimitWhetherItsLengthIsDeclaredOrNot() {
		var body = HI.replace("hi", "x".repeat(1024 * 1024));

		assertThat(assertEnvelope(post(body), 413, "invalid_request_error", null, null)).contains("1048576 bytes");
		assertEnvelope(
				client.post().uri(CHAT).contentType(MediaType.APPLICATION_JSON)
						.body(Flux.just(body.substring(0, 1000), body.substring(1000)), String.class).exchange(),
				413, "invalid_request_error", null, null);
	}

	@Test
	void refusesForeignHostsAndOrigins() {
		assertEnvelope(client.get().uri("/v1/models").header("Host", "evil.example").exchange(), 403,
				"invalid_request_error", null, null);
		assertEnvelope(client.post().uri(CHAT).header("Origin", "https://evil.example")
				.contentType(MediaType.APPLICATION_JSON).bodyValue(HI).exchange(), 403, "invalid_request_error", null,
				null);
		assertThat(engine.requests()).isEmpty();
	}

	@Test
	void keepsItsOwnFailuresToTheLogUnderTheRequestId(CapturedOutput output) {
		engine.answer(Flux.error(new IllegalStateException("secret detail")));

		var message = assertEnvelope(client.post().uri(CHAT).header("x-request-id", "trace-7.a_b")
				.contentType(MediaType.APPLICATION_JSON).bodyValue(HI.replace("hi", "private words")).exchange(), 500,
				"server_error", null, null);

		assertThat(message).contains("trace-7.a_b").doesNotContain("secret");
		assertThat(output).contains("Request trace-7.a_b failed", "secret detail").doesNotContain("private words");
	}

	@Test
	void echoesAWellFormedRequestIdAndReplacesAnyOther() {
		client.get().uri("/v1/models").header("x-request-id", "abc-1").exchange().expectHeader()
				.valueEquals("x-request-id", "abc-1");
		client.get().uri("/v1/models").header("x-request-id", "a b").exchange().expectHeader()
				.valueMatches("x-request-id", "req_[0-9a-f-]{36}");
		client.get().uri("/v1/models").exchange().expectHeader().valueMatches("x-request-id", "req_[0-9a-f-]{36}");
	}

	@Test
	void leavesOtherPathsToOtherHandlers() {
		client.get().uri("/v1x").exchange().expectStatus().isNotFound().expectHeader()
				.valueMatches("x-request-id", "req_[0-9a-f-]{36}").expectBody().jsonPath("$.path").isEqualTo("/v1x");
	}

	/** Checks the envelope as the API's schema has it, and returns the message. */
	private static String assertEnvelope(WebTestClient.ResponseSpec response, int status, String type,
			@Nullable String param, @Nullable String code) {
		var result = response.expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_JSON)
				.expectHeader().exists("x-request-id").expectBody(byte[].class).returnResult();
		var body = Json.read(Objects.requireNonNull(result.getResponseBody()));
		assertThat(body.propertyNames()).containsExactly("error");
		var error = body.get("error");
		assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
		assertThat(error.get("type").stringValue()).isEqualTo(type);
		assertThat(error.get("param").stringValue(null)).isEqualTo(param);
		assertThat(error.get("code").stringValue(null)).isEqualTo(code);
		assertThat(error.get("message").stringValue()).isNotBlank();
		return error.get("message").stringValue();
	}

}
