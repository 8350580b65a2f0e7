package dev.corral.chat;

import org.junit.jupiter.api.Test;

import dev.corral.access.TestCallers;

import static org.assertj.core.api.Assertions.assertThat;

class SharingIntegrationTests extends ChatContract {

	@Test
	void showsWhatWasSharedToWhoeverHasTheLink() {
		var conversation = text(json(post(ALL,
				"{\"title\":\"Trip\",\"model\":\"llama\",\"system\":\"secret\",\"temperature\":0.5,\"metadata\":{\"secret\":\"secret\"}}")),
				"id");
		var shared = Sse.reply(say(conversation, "one"));
		var link = json(client.post().uri("%s/%s/share".formatted(ALL, conversation)).exchange());
		say(conversation, "two");

		var seen = json(client.get().uri(text(link, "path")).header(TestCallers.CALLER, "stranger").exchange());

		assertThat(text(link, "path")).isEqualTo("/api/shared/" + text(link, "token"));
		assertThat(text(link, "token")).hasSizeGreaterThanOrEqualTo(43);
		assertThat(text(seen, "title")).isEqualTo("Trip");
		assertThat(seen.propertyNames()).containsExactly("title", "messages", "next");
		assertThat(seen.path("messages").values().stream().map(message -> text(message, "content")))
				.containsExactly("one", "Hello you");
		assertThat(text(seen.path("messages").get(1), "id")).isEqualTo(shared);
		assertThat(seen.path("messages").values())
				.allSatisfy(message -> assertThat(message.propertyNames()).containsExactly("id", "role", "content",
						"created_at"));
		assertThat(seen.toString()).doesNotContain("secret", "temperature");
	}

	@Test
	void showsNothingOfOtherBranches() {
		var conversation = conversation();
		var first = Sse.reply(say(conversation, "one"));
		var link = json(client.post().uri("%s/%s/share".formatted(ALL, conversation)).exchange());
		var second = Sse.reply(events(client.post().uri("/api/messages/%s/regenerate".formatted(first)).exchange()));

		var seen = get(text(link, "path"));

		assertThat(seen.toString()).contains(first).doesNotContain(second);
		assertRefused(client.get().uri(text(link, "path") + "?before=" + second).exchange(), 404, "not_found");
	}

	@Test
	void endsEveryLink() {
		var conversation = conversation();
		say(conversation, "one");
		var link = json(client.post().uri("%s/%s/share".formatted(ALL, conversation)).exchange());
		client.get().uri(text(link, "path")).exchange().expectStatus().isOk();

		client.delete().uri("%s/%s/share".formatted(ALL, conversation)).exchange().expectStatus().isNoContent();

		assertRefused(client.get().uri(text(link, "path")).exchange(), 404, "not_found");
		assertRefused(client.get().uri("/api/shared/guess").exchange(), 404, "not_found");
	}

}
