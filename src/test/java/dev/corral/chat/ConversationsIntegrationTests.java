package dev.corral.chat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

import dev.corral.access.TestCallers;
import dev.corral.inference.FakeEngine;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ConversationsIntegrationTests extends ChatContract {

	@Test
	void keepsAConversationAsItWasMade() {
		var made = json(post(ALL,
				"""
					{"title":"Trip","model":"llama","system":"Be brief.","window":"recall","max_tokens":50,"temperature":0.5,"stop":"x",\
					"seed":7,"metadata":{"topic":"demo"}}""")
				.expectHeader().valueEquals("Cache-Control", "no-store"));

		assertThat(get(ALL + "/" + text(made, "id"))).isEqualTo(made);
		assertThat(made.propertyNames()).containsExactly("id", "title", "model", "system", "window", "max_tokens",
				"temperature", "seed", "stop", "pinned", "archived", "metadata", "leaf_id", "running_reply_id",
				"created_at", "updated_at", "version");
		assertThat(made.toString()).contains("\"title\":\"Trip\",\"model\":\"llama\",\"system\":\"Be brief.\"",
				"\"window\":\"recall\",\"max_tokens\":50,\"temperature\":0.5", "\"stop\":[\"x\"]",
				"\"metadata\":{\"topic\":\"demo\"},\"leaf_id\":null,\"running_reply_id\":null");
		assertThat(text(made, "created_at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
	}

	@Test
	void answersThatItWasMade() {
		post(ALL, "{\"model\":\"llama\"}").expectStatus().isCreated();
		assertRefused(post(ALL, "{\"model\":\"alpaca\"}"), 404, "model_not_found");
		post(ALL, "{}").expectStatus().isBadRequest().expectBody().jsonPath("$.error.param").isEqualTo("model");
		post(ALL, "{\"model\":\"llama\",\"temperature\":3}").expectStatus().isBadRequest().expectBody()
				.jsonPath("$.error.param").isEqualTo("temperature");
		client.post().uri(ALL).exchange().expectStatus().isEqualTo(415).expectBody().jsonPath("$.error.message")
				.isNotEmpty();
	}

	@Test
	void changesWhatIsNamedAndNothingElse() {
		var made = json(post(ALL, "{\"title\":\"a\",\"model\":\"llama\",\"temperature\":0.5,\"top_k\":4}"));
		var path = ALL + "/" + text(made, "id");

		var changed = json(patch(path, "{\"title\":\"b\",\"pinned\":true,\"temperature\":null,\"min_p\":0.25}"));

		assertThat(changed).isEqualTo(get(path));
		assertThat(changed.toString()).contains("\"title\":\"b\"", "\"top_k\":4,\"min_p\":0.25", "\"pinned\":true")
				.doesNotContain("temperature");
		assertThat(changed.path("version").longValue()).isGreaterThan(made.path("version").longValue());
		assertThat(json(patch(path, "{\"title\":null}")).path("title").isNull()).isTrue();
		assertThat(json(patch(path, "{\"system\":\"Be brief.\"}")).path("system").asString()).isEqualTo("Be brief.");
		assertThat(json(patch(path, "{\"system\":null}")).path("system").isNull()).isTrue();
	}

	@Test
	void refusesAChangeOfWhatWasChangedMeanwhile() {
		var made = json(post(ALL, "{\"model\":\"llama\"}"));
		var path = ALL + "/" + text(made, "id");
		var change = "{\"title\":\"%s\",\"version\":" + made.path("version") + "}";

		patch(path, change.formatted("first")).expectStatus().isOk();

		assertRefused(patch(path, change.formatted("second")), 409, "changed_meanwhile");
		assertThat(text(get(path), "title")).isEqualTo("first");
	}

	@Test
	void listsPinnedOnesFirstAndArchivedOnesApart() {
		var caller = "lister";
		var first = as(caller).make();
		var second = as(caller).make();
		var archived = as(caller).make();
		as(caller).patch(first, "{\"pinned\":true}");
		as(caller).patch(archived, "{\"archived\":true}");

		assertThat(as(caller).list("")).containsExactly(first, second);
		assertThat(as(caller).list("?archived=true")).containsExactly(archived);
	}

	@Test
	void leadsThroughAllPages() {
		var caller = "pager";
		var made = new ArrayList<String>();
		for (int i = 0; i < 7; i++) {
			made.addFirst(as(caller).make());
		}

		var listed = new ArrayList<String>();
		var next = "";
		int pages = 0;
		do {
			var page = as(caller).get(ALL + "?limit=3" + next);
			page.path("conversations").forEach(conversation -> listed.add(text(conversation, "id")));
			next = page.path("next").isNull() ? "" : "&after=" + text(page, "next");
			pages++;
		} while (!next.isEmpty());

		assertThat(listed).isEqualTo(made);
		assertThat(pages).isEqualTo(3);
	}

	@Test
	void refusesPagesThatCannotBe() {
		client.get().uri(ALL + "?limit=0").exchange().expectStatus().isBadRequest().expectBody()
				.jsonPath("$.error.param").isEqualTo("limit");
		client.get().uri(ALL + "?after=nonsense").exchange().expectStatus().isBadRequest();
		client.get().uri(ALL + "?archived=perhaps").exchange().expectStatus().isBadRequest();
		client.get().uri(ALL + "/search").exchange().expectStatus().isBadRequest().expectBody()
				.jsonPath("$.error.param").isEqualTo("q");
		client.get().uri(ALL + "/search?q={q}", "x".repeat(201)).exchange().expectStatus().isBadRequest();
	}

	@Test
	void findsConversationsByWhatWasSaid() {
		engine.answer(FakeEngine.reply(" The", " zebra", " sleeps."));
		var found = conversation();
		say(found, "Tell me of animals");
		var titled = text(json(post(ALL, "{\"model\":\"llama\",\"title\":\"Zebra crossing\"}")), "id");
		say(conversation(), "nothing of the kind");

		var hits = get(ALL + "/search?q=ZEBRA").path("hits");

		assertThat(hits.values().stream().map(hit -> text(hit.path("conversation"), "id"))).contains(found, titled);
		var hit = hits.values().stream().filter(each -> text(each.path("conversation"), "id").equals(found)).findFirst()
				.orElseThrow();
		assertThat(text(hit, "excerpt")).isEqualTo("The zebra sleeps.");
		assertThat(hit.path("marks").toString()).isEqualTo("[{\"start\":4,\"end\":9}]");
		assertThat(text(hit, "message_id")).isEqualTo(text(branch(found).getLast(), "id"));
	}

	@Test
	void searchesForAnyCharacters() {
		for (var text : List.of("%", "'", "\"", "a & b | !c", "(", "\\", "*:*", "😀", "\u0000", "a' OR 1=1 --")) {
			client.get().uri(ALL + "/search?q={q}", text).exchange().expectStatus()
					.value(status -> assertThat(status).as(text).isIn(200, 400));
		}
	}

	@Test
	void forgetsWhatIsDeleted() {
		var conversation = conversation();
		var reply = Sse.reply(say(conversation, "hi"));

		client.delete().uri(ALL + "/" + conversation).exchange().expectStatus().isNoContent().expectBody().isEmpty();

		for (var path : List.of(ALL + "/" + conversation, messages(conversation), "/api/replies/" + reply)) {
			assertRefused(client.get().uri(path).exchange(), 404, "not_found");
		}
		assertRefused(client.delete().uri(ALL + "/" + conversation).exchange(), 404, "not_found");
	}

	@Test
	void tellsWhatIsWrongInItsOwnEnvelope() {
		assertRefused(client.get().uri(ALL + "/7").exchange(), 404, "not_found");
		assertRefused(client.get().uri("/api/replies/%00").exchange(), 404, "not_found");
		client.method(HttpMethod.PUT).uri(ALL).exchange().expectStatus().isEqualTo(405).expectBody()
				.jsonPath("$.error.type").isEqualTo("invalid_request_error");
		client.get().uri("/api/tags/x").exchange().expectBody().jsonPath("$.error").value(
				error -> assertThat(error).as("Ollama's errors stay Ollama's").isInstanceOf(String.class));
	}

	private Caller as(String name) {
		return new Caller(name);
	}

	/** Somebody with conversations that nobody else adds to. */
	private final class Caller {

		private final String name;

		private Caller(String name) {
			this.name = name;
		}

		String make() {
			return text(json(client.post().uri(ALL).header(TestCallers.CALLER, name)
					.header("Content-Type", "application/json").bodyValue("{\"model\":\"llama\"}").exchange()), "id");
		}

		void patch(String conversation, String body) {
			client.patch().uri(ALL + "/" + conversation).header(TestCallers.CALLER, name)
					.header("Content-Type", "application/json").bodyValue(body).exchange().expectStatus().isOk();
		}

		JsonNode get(String path) {
			return json(client.get().uri(path).header(TestCallers.CALLER, name).exchange());
		}

		List<String> list(String query) {
			return get(ALL + query).path("conversations").values().stream()
					.map(conversation -> text(conversation, "id")).toList();
		}

	}

}
