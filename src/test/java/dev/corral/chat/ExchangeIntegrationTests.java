package dev.corral.chat;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.access.TestCallers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeIntegrationTests extends ChatContract {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final String SHAREGPT = """
		[{"id":"a","conversations":[{"from":"human","value":"Hello"},{"from":"gpt","value":"Good day"}]},
		 {"id":"b","conversations":5},
		 {"id":"c","conversations":[{"from":"human","value":"And you?"},{"from":"gpt","value":"Fine"}]}]""";

	@Test
	void takesInWhatOthersHaveWritten() {
		var lines = lines(upload("ada", "?model=llama", SHAREGPT));

		assertThat(lines).hasSize(4);
		assertThat(lines.get(1).path("number").intValue()).isEqualTo(2);
		assertThat(text(lines.get(1), "problem")).isNotEmpty();
		assertThat(lines.getLast()).hasToString("{\"imported\":2,\"refused\":1}");
		assertThat(contents(text(lines.getFirst(), "conversation_id"))).containsExactly("Hello", "Good day");
	}

	@Test
	void givesBackWhatWasTakenOut() {
		var conversation = conversation();
		var first = Sse.reply(say(conversation, "one"));
		events(client.post().uri("/api/messages/%s/regenerate".formatted(first)).exchange());
		var file = body("/api/conversations/%s/export".formatted(conversation), "ada");

		var copy = text(lines(upload("ada", "?model=llama", file)).getFirst(), "conversation_id");

		assertThat(contents(copy)).isEqualTo(contents(conversation));
		assertThat(get(messages(copy) + "?view=tree").path("messages")).hasSize(3);
		assertThat(body("/api/export", "ada")).contains(file);
	}

	@Test
	void writesConversationsToBeReadAndToTrainOn() {
		var conversation = conversation();
		say(conversation, "one");
		var path = "/api/conversations/%s/export?format=".formatted(conversation);

		assertThat(body(path + "markdown", "ada")).contains("one", "Hello you");
		assertThat(body(path + "sharegpt", "ada")).contains("\"from\":\"human\"", "\"Hello you\"");
		client.get().uri(path + "markdown").exchange().expectHeader().contentType("text/markdown;charset=UTF-8")
				.expectHeader().valueEquals("Content-Disposition",
						"attachment; filename=\"conversation-%s.md\"".formatted(conversation));
		client.get().uri(path + "xml").exchange().expectStatus().isBadRequest().expectBody().jsonPath("$.error.param")
				.isEqualTo("format");
	}

	@Test
	void exportsOnlyWhatIsTheCallers() {
		say(conversation(), "zebra");

		assertThat(body("/api/export", "nobody")).isEmpty();
	}

	@Test
	void refusesWhatIsNoFileOfConversations() {
		upload("ada", "?model=llama", "{\"a\":1}").expectStatus().isBadRequest().expectBody()
				.jsonPath("$.error.message").isNotEmpty();
		upload("ada", "?model=llama", "nonsense").expectStatus().isBadRequest();
		upload("ada", "?model=llama&format=word", "[]").expectStatus().isBadRequest();
		upload("ada", "?model=alpaca", "[]").expectStatus().isNotFound();
	}

	private WebTestClient.ResponseSpec upload(String caller, String query,
			String file) {
		return client.post().uri("/api/import" + query).header(TestCallers.CALLER, caller)
				.contentType(MediaType.APPLICATION_JSON).bodyValue(file).exchange();
	}

	private static List<JsonNode> lines(WebTestClient.ResponseSpec response) {
		return Objects.requireNonNull(response.expectStatus().isOk().expectBody(String.class).returnResult()
				.getResponseBody()).lines().map(MAPPER::readTree).toList();
	}

	private String body(String path, String caller) {
		return Objects.requireNonNullElse(client.get().uri(path).header(TestCallers.CALLER, caller).exchange()
				.expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody(), "");
	}

}
