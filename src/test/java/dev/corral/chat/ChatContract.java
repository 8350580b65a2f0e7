package dev.corral.chat;

import java.util.List;
import java.util.Objects;

import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.access.TestCallers;
import dev.corral.openai.HttpContract;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests over a real socket against a server with a fake engine, a real store and as many callers as a test names. */
@Import(TestCallers.class)
abstract class ChatContract extends HttpContract {

	static final String ALL = "/api/conversations";

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/** Makes a conversation of the usual caller, with a title, so that the model is not asked for one. */
	String conversation() {
		return text(json(post(ALL, "{\"model\":\"llama\",\"title\":\"A talk\"}")), "id");
	}

	/** Says something and waits for the reply. */
	List<Sse> say(String conversation, String content) {
		return events(post(messages(conversation), "{\"content\":\"%s\"}".formatted(content)));
	}

	static String messages(String conversation) {
		return "%s/%s/messages".formatted(ALL, conversation);
	}

	/** The messages of the active branch. */
	List<JsonNode> branch(String conversation) {
		return List.copyOf(get(messages(conversation)).path("messages").values());
	}

	List<String> contents(String conversation) {
		return branch(conversation).stream().map(message -> text(message, "content")).toList();
	}

	JsonNode get(String path) {
		return json(client.get().uri(path).exchange());
	}

	WebTestClient.ResponseSpec send(HttpMethod method, String path, String body) {
		return client.method(method).uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	WebTestClient.ResponseSpec patch(String path, String body) {
		return send(HttpMethod.PATCH, path, body);
	}

	static JsonNode json(WebTestClient.ResponseSpec response) {
		var body = response.expectStatus().is2xxSuccessful().expectHeader().contentType(MediaType.APPLICATION_JSON)
				.expectBody(String.class).returnResult().getResponseBody();
		return MAPPER.readTree(Objects.requireNonNull(body));
	}

	static List<Sse> events(WebTestClient.ResponseSpec response) {
		return Sse.parse(Objects.requireNonNull(response.expectStatus().isOk().expectHeader()
				.contentType(MediaType.TEXT_EVENT_STREAM).expectBody(String.class).returnResult().getResponseBody()));
	}

	/** Checks that the response is an error in the envelope, with this code. */
	static void assertRefused(WebTestClient.ResponseSpec response, int status, String code) {
		response.expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_JSON).expectBody()
				.jsonPath("$.error.code").isEqualTo(code).jsonPath("$.error.message").isNotEmpty()
				.jsonPath("$.error.type").isEqualTo("invalid_request_error");
	}

	static String text(JsonNode node, String field) {
		return node.path(field).stringValue("");
	}

}
