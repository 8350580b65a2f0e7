package dev.corral.chat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.openai.ResponseSchemas;
import dev.corral.web.ApiDescription;
import tools.jackson.databind.JsonNode;

/** Whatever is answered about conversations has the form that {@code /openapi.json} describes, and no field more. */
class ConformanceIntegrationTests extends ChatContract {

	@Autowired
	private ApiDescription description;

	private String conversation = "";

	private String reply = "";

	@BeforeEach
	void talk() {
		var made = json(post(ALL,
				"""
					{"model":"llama","title":"Zebra","system":"s","window":"rolling","max_tokens":50,"temperature":0.5,"top_p":0.9,"top_k":4,\
					"min_p":0.1,"presence_penalty":1,"frequency_penalty":-1,"repetition_penalty":1.1,"seed":7,"stop":["x"],"metadata":{"a":"b"}}"""));
		assertConforms(made, "StoredConversation");
		conversation = text(made, "id");
		reply = Sse.reply(say(conversation, "hi"));
	}

	@Test
	void answersConversationsInForm() {
		assertConforms(get(ALL + "/" + conversation), "StoredConversation");
		assertConforms(get(ALL + "?limit=1"), "StoredConversationList");
		assertConforms(get(ALL + "/search?q=zebra&limit=1"), "SearchHits");
		assertConforms(json(patch(ALL + "/" + conversation, "{\"pinned\":true}")), "StoredConversation");
	}

	@Test
	void answersMessagesInForm() {
		assertConforms(json(send(HttpMethod.PUT, "/api/messages/%s/feedback".formatted(reply), "{\"rating\":\"up\"}")),
				"ReplyFeedback");

		assertConforms(get("/api/replies/" + reply), "StoredMessage");
		assertConforms(get("/api/replies/%s/window".formatted(reply)), "ReplyWindow");
		assertConforms(get("%s/%s/window".formatted(ALL, conversation)), "NextWindow");
		assertConforms(get(messages(conversation)), "StoredMessageList");
		assertConforms(get(messages(conversation) + "?view=tree"), "StoredMessageTree");
		assertConforms(json(client.post().uri("/api/replies/%s/stop".formatted(reply)).exchange()), "StoredMessage");
	}

	@Test
	void answersSharesInForm() {
		var link = json(client.post().uri("%s/%s/share".formatted(ALL, conversation)).exchange());

		assertConforms(link, "ShareLink");
		assertConforms(get(text(link, "path")), "SharedConversation");
	}

	@Test
	void refusesInForm() {
		assertRefusalConforms(client.get().uri(ALL + "/x").exchange());
		assertRefusalConforms(post(ALL, "{"));
		assertRefusalConforms(post(messages(conversation), "{}"));
	}

	private void assertRefusalConforms(WebTestClient.ResponseSpec response) {
		response.expectStatus().is4xxClientError().expectBody(String.class)
				.value(body -> new ResponseSchemas(description.document()).assertConforms(String.valueOf(body),
						"ErrorResponse"));
	}

	private void assertConforms(JsonNode json, String schema) {
		new ResponseSchemas(description.document()).assertConforms(json.toString(), schema);
	}

}
