package dev.corral.usage;

import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.openai.HttpContract;
import io.r2dbc.spi.ConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What keys have had computed, over HTTP. A reply of the fake engine has 7 tokens of prompt and 3 of its own. */
@TestPropertySource(properties = {"corral.store.url=h2:mem:${random.uuid}", "corral.limits.daily-tokens=1000000",
		"corral.access.keys.root.key=root's twenty random letters", "corral.access.keys.root.role=admin",
		"corral.access.keys.phone.key=ada's twenty random letters", "corral.access.keys.phone.owner=ada",
		"corral.access.keys.desk.key=bob's twenty random letters", "corral.access.keys.desk.owner=bob",
		"corral.access.keys.desk.limits.requests-per-minute=1"})
class UsageIntegrationTests extends HttpContract {

	private static final String CHAT = "{\"model\":\"llama\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

	private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

	@Autowired
	private ConnectionFactory connections;

	@BeforeEach
	void beginAnew() {
		usage(as("root"), "");
		DatabaseClient.create(connections).sql("delete from key_usage").then().block();
	}

	private WebTestClient as(String name) {
		return client.mutate().defaultHeader("Authorization", "Bearer " + name + "'s twenty random letters").build();
	}

	@ParameterizedTest
	@ValueSource(strings = {"/v1/chat/completions", "/v1/chat/completions STREAM", "/v1/messages",
			"/v1/messages STREAM", "/api/chat", "/v1/completions {\"model\":\"llama\",\"prompt\":\"a\"}",
			"/api/generate {\"model\":\"llama\",\"prompt\":\"a\"}",
			"/v1/responses {\"model\":\"llama\",\"input\":\"a\"}",
			"/v1/responses {\"model\":\"llama\",\"input\":\"a\",\"store\":false}"})
	void countsWhatEveryRouteHasComputed(String request) {
		var parts = (request.contains(" ") ? request : request + " " + CHAT).split(" ", 2);

		ask(as("ada"), parts[0], parts[1].equals("STREAM") ? CHAT.replace("}]}", "}],\"stream\":true}") : parts[1]);

		assertThat(usage(as("ada"), "?by=owner,key,model")).contains(
				"\"totals\":[{\"day\":\"%s\",\"owner\":\"ada\",\"key\":\"phone\",\"model\":\"llama\",\"requests\":1,\"prompt_tokens\":7,"
						.formatted(today))
				.contains("\"completion_tokens\":3}]");
	}

	@Test
	void countsARequestOnceHoweverManyRepliesItHas() {
		ask(as("ada"), "/v1/chat/completions", CHAT.replace("}]}", "}],\"n\":3,\"seed\":1}"));

		assertThat(usage(as("ada"), "")).contains("\"requests\":1,\"prompt_tokens\":21")
				.contains("\"completion_tokens\":9");
	}

	@Test
	void tellsOwnersTheirOwnUsageAndAdministratorsEverybodys() {
		ask(as("ada"), "/v1/chat/completions", CHAT);
		ask(as("root"), "/v1/chat/completions", CHAT);

		assertThat(usage(as("ada"), "?by=owner")).contains("\"ada\"").doesNotContain("\"root\"");
		assertThat(usage(as("ada"), "?by=key&owner=ada")).contains("\"phone\"");
		assertThat(usage(as("root"), "?by=owner")).contains("\"ada\"", "\"root\"");
		assertThat(usage(as("root"), "?by=owner&owner=ada")).doesNotContain("\"root\"");
		assertThat(usage(as("root"), "?by=owner&key=root&model=llama")).contains("\"root\"").doesNotContain("\"ada\"");
		assertThat(usage(as("root"), "?model=other")).contains("\"totals\":[]");
		as("ada").get().uri("/api/usage?owner=root").exchange().expectStatus().isForbidden().expectBody()
				.jsonPath("$.error.code").isEqualTo("permission_denied");
		client.get().uri("/api/usage").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void countsNothingOfRequestsThatALimitRefuses() {
		ask(as("bob"), "/v1/chat/completions", CHAT);
		as("bob").post().uri("/v1/chat/completions").contentType(MediaType.APPLICATION_JSON).bodyValue(CHAT).exchange()
				.expectStatus().isEqualTo(429);

		assertThat(usage(as("bob"), "")).contains("\"requests\":1,\"prompt_tokens\":7");
	}

	@ParameterizedTest
	@CsvSource({"from=yesterday, from", "to=2026-13-01, to", "from=2026-02-01&to=2026-01-01, from",
			"from=2025-01-01&to=2026-01-02, from", "by=day, by", "'by=key,', by",
			"from=-0001-01-01&to=0001-01-01, from",
			"to=%2B10000-01-01, from"})
	void saysWhatIsWrongWithAQuestion(String query, String parameter) {
		as("root").get().uri(URI.create("http://localhost:" + port + "/api/usage?" + query)).exchange().expectStatus()
				.isBadRequest().expectBody().jsonPath("$.error.param").isEqualTo(parameter);
	}

	@Test
	void takesAWholeLeapYear() {
		assertThat(usage(as("ada"), "?from=2024-01-01&to=2024-12-31"))
				.isEqualTo("{\"from\":\"2024-01-01\",\"to\":\"2024-12-31\",\"totals\":[]}");
	}

	private static void ask(WebTestClient caller, String path, String body) {
		text(caller.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange());
	}

	private static String usage(WebTestClient caller, String query) {
		return text(caller.get().uri("/api/usage" + query).exchange());
	}

	private static String text(WebTestClient.ResponseSpec response) {
		return Objects.requireNonNull(
				response.expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody());
	}

}
