package dev.corral.access;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.access.keys.Secret;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is let in with what, and what for. */
class KeysIntegrationTests extends KeysTestServer {

	private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

	@ParameterizedTest
	@ValueSource(strings = {"/v1/models", "/v1/chat/completions", "/v1/nothing", "/api/conversations", "/api/keys",
			"/api/replies/x", "/api/workers"})
	void refusesWhoHasNoKeyInOpenAisForm(String path) {
		var refused = get(client, path);

		refused.expectHeader().valueEquals("WWW-Authenticate", "Bearer").expectHeader().exists("x-request-id")
				.expectHeader().exists("Content-Security-Policy");
		assertRefused(refused, 401, "invalid_api_key");
	}

	@Test
	void refusesWhoHasNoKeyInTheFormOfTheOtherApis() {
		post(client, "/v1/messages", "{\"model\":\"llama\",\"max_tokens\":2," + HI + "}").expectStatus()
				.isUnauthorized().expectHeader().valueEquals("WWW-Authenticate", "Bearer").expectBody()
				.jsonPath("$.type").isEqualTo("error").jsonPath("$.error.type").isEqualTo("authentication_error");
		get(client, "/api/tags").expectStatus().isUnauthorized().expectBody().jsonPath("$.error").isEqualTo(
				"This server asks for an API key. Send it as 'Authorization: Bearer KEY' or as 'x-api-key: KEY'.");
		for (var path : List.of("/nothing", "/actuator/health", "/actuator/env", "/tokenize")) {
			get(client, path).expectStatus().isUnauthorized().expectHeader().valueEquals("WWW-Authenticate", "Bearer");
		}
	}

	@Test
	void letsAKeyInHoweverItIsSent() {
		var key = user().secret();

		for (var header : List.of("Bearer " + key, "bearer  " + key)) {
			client.get().uri("/v1/models").header("Authorization", header).exchange().expectStatus().isOk();
		}
		client.get().uri("/v1/models").header("x-api-key", key).exchange().expectStatus().isOk();
		client.get().uri("/v1/models").header("x-api-key", ROOT).exchange().expectStatus().isOk();
		post(as(key), "/v1/chat/completions", "{\"model\":\"llama\"," + HI + "}").expectStatus().isOk();
		post(as(key), "/v1/messages", "{\"model\":\"llama\",\"max_tokens\":2," + HI + "}").expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "x", "root", "corral-", "corral-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
			"root's twenty random letters and more"})
	void refusesWhatIsNoKey(String key) {
		assertRefused(get(as(key), "/v1/models"), 401, "invalid_api_key");
		assertRefused(client.get().uri("/v1/models").header("x-api-key", key).exchange(), 401, "invalid_api_key");
	}

	@Test
	void doesNotLetAHashIn() {
		var hash = Secret.hash(user().secret());

		assertRefused(get(as(hash), "/v1/models"), 401, "invalid_api_key");
	}

	@Test
	void takesOneOfTwoKeysWhicheverIsGood() {
		client.get().uri("/v1/models").header("Authorization", "Bearer wrong").header("x-api-key", ROOT).exchange()
				.expectStatus().isUnauthorized();
		client.get().uri("/v1/models").header("Authorization", "Bearer " + ROOT).header("x-api-key", "wrong").exchange()
				.expectStatus().isOk();
	}

	@Test
	void refusesAKeyOnceItHasExpired() {
		var key = key(Instant.now().plusSeconds(1)).secret();

		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(
				() -> assertRefused(get(as(key), "/v1/models"), 401, "invalid_api_key"));
	}

	@Test
	void refusesAKeyAtOnceWhenItIsRevoked() {
		var key = user();
		get(as(key.secret()), "/v1/models").expectStatus().isOk();

		as(ROOT).delete().uri("/api/keys/" + key.stored().id()).exchange().expectStatus().isNoContent();

		assertRefused(get(as(key.secret()), "/v1/models"), 401, "invalid_api_key");
		assertRefused(as(ROOT).delete().uri("/api/keys/" + key.stored().id()).exchange(), 404, "not_found");
		assertRefused(as(ROOT).delete().uri("/api/keys/root").exchange(), 404, "not_found");
	}

	@Test
	void refusesAKeyWithinSecondsWhenItIsRevokedElsewhere() {
		var key = user();
		get(as(key.secret()), "/v1/models").expectStatus().isOk();

		store.revoke(key.stored().id()).block();

		Awaitility.await().atMost(KeyRing.MEMORY.plusSeconds(20)).untilAsserted(
				() -> assertRefused(get(as(key.secret()), "/v1/models"), 401, "invalid_api_key"));
	}

	@Test
	void letsAdministratorsAloneSeeToKeys() {
		var user = as(user().secret());

		assertRefused(get(user, "/api/keys"), 403, "permission_denied");
		assertRefused(post(user, "/api/keys", "{\"name\":\"mine\",\"role\":\"admin\"}"), 403, "permission_denied");
		assertRefused(user.delete().uri("/api/keys/x").exchange(), 403, "permission_denied");
		assertRefused(get(user, "/api/workers"), 403, "permission_denied");
		get(user, "/actuator/heapdump").expectStatus().isForbidden();
		get(as(ROOT), "/api/keys").expectStatus().isOk();
	}

	@Test
	void makesAKeyAndShowsItOnce() {
		var made = text(post(as(ROOT), "/api/keys",
				"{\"name\":\"phone\",\"owner\":\"ada\",\"role\":\"user\",\"models\":[\"llama\"],\"expires_at\":\"2100-01-31T12:00:00+01:00\"}")
				.expectStatus().isCreated().expectHeader().valueEquals("Cache-Control", "no-store"));

		assertThat(made).contains(
				"\"name\":\"phone\",\"owner\":\"ada\",\"role\":\"user\",\"models\":[\"llama\"],\"source\":\"store\"",
				"\"expires_at\":\"2100-01-31T11:00:00Z\",\"last_used_at\":null");
		var key = made.replaceFirst(".*\"key\":\"([^\"]+)\".*", "$1");
		get(as(key), "/v1/models/llama").expectStatus().isOk();
		assertThat(text(get(as(ROOT), "/api/keys")))
				.contains("\"name\":\"phone\"", "\"id\":null,\"name\":\"root\"", "\"source\":\"configuration\"")
				.doesNotContain(key, ROOT, "\"key\":");
		assertRefused(post(as(ROOT), "/api/keys", "{\"name\":\"phone\"}"), 409, "not_possible");
	}

	@ParameterizedTest
	@ValueSource(strings = {"{}", "{\"name\":\" \"}", "{\"name\":\"a\\nb\"}", "{\"name\":\"x\",\"role\":\"root\"}",
			"{\"name\":\"x\",\"models\":[7]}", "{\"name\":\"x\",\"models\":\"llama\"}",
			"{\"name\":\"x\",\"expires_at\":\"2001-01-31T12:00:00Z\"}", "{\"name\":\"x\",\"expires_at\":\"soon\"}",
			"{\"name\":\"x\",\"expires_at\":\"+999999999-01-31T12:00:00Z\"}"})
	void refusesToMakeWhatIsNoKey(String body) {
		post(as(ROOT), "/api/keys", body).expectStatus().isBadRequest().expectBody().jsonPath("$.error.param")
				.isNotEmpty();
	}

	@Test
	void hidesModelsThatAKeyIsNotFor() {
		var guest = as(GUEST);

		assertThat(text(get(guest, "/v1/models"))).contains("\"slow\"", "\"org/broken\"")
				.doesNotContain("\"id\":\"llama\"");
		assertThat(text(get(guest, "/api/tags"))).contains("\"slow\"").doesNotContain("\"name\":\"llama\"");
		assertThat(text(get(guest, "/api/ps"))).doesNotContain("\"name\":\"llama\"");
		assertThat(text(get(as(ROOT), "/v1/models"))).contains("\"llama\"");
		assertRefused(get(guest, "/v1/models/llama"), 404, "model_not_found");
		get(guest, "/v1/models/org/broken").expectStatus().isOk();
		guest.get().uri(URI.create("http://localhost:%d/v1/models/org%%2Fbroken".formatted(port))).exchange()
				.expectStatus().isOk();
		post(guest, "/api/show", "{\"model\":\"llama\"}").expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(strings = {"/v1/chat/completions {M,%s}", "/v1/chat/completions {M,\"stream\":true,%s}",
			"/v1/chat/completions/input_tokens {M,%s}", "/apply-template {M,%s}", "/tokenize {M,\"content\":\"a\"}",
			"/tokenize {M,%s}", "/detokenize {M,\"tokens\":[1]}", "/v1/embeddings {M,\"input\":\"a\"}",
			"/v1/completions {M,\"prompt\":\"a\"}", "/v1/completions {M,\"prompt\":\"a\",\"stream\":true}",
			"/v1/responses {M,\"input\":\"a\"}", "/v1/responses {M,\"input\":\"a\",\"store\":false,\"stream\":true}",
			"/api/conversations {M}", "/api/import?model=llama {\"id\":\"a\",\"conversations\":[]}"})
	void doesNotGiveAModelToAKeyThatIsNotForIt(String request) {
		var parts = request.formatted(HI).replace("M", "\"model\":\"llama\"").split(" ", 2);

		assertRefused(post(as(GUEST), parts[0], parts[1]), 404, "model_not_found");
	}

	@ParameterizedTest
	@ValueSource(strings = {"/v1/messages {M,\"max_tokens\":2,%s}",
			"/v1/messages {M,\"max_tokens\":2,\"stream\":true,%s}",
			"/v1/messages/count_tokens {M,%s}", "/api/chat {M,%s}", "/api/chat {M,\"stream\":false,%s}",
			"/api/chat {M}", "/api/generate {M,\"prompt\":\"a\"}"})
	void doesNotGiveAModelThroughTheOtherApisEither(String request) {
		var parts = request.formatted(HI).replace("M", "\"model\":\"llama\"").split(" ", 2);

		post(as(GUEST), parts[0], parts[1]).expectStatus().isNotFound();
	}

	@Test
	void doesNotReplyInAConversationWithAModelThatTheKeyIsNotFor() {
		var guest = as(GUEST);
		var conversation = text(post(guest, "/api/conversations", "{\"model\":\"slow\"}").expectStatus().isCreated())
				.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
		var path = "/api/conversations/" + conversation;

		assertRefused(post(guest, path + "/messages", "{\"content\":\"hi\",\"model\":\"llama\"}"), 404,
				"model_not_found");
		assertRefused(guest.patch().uri(path).header("Content-Type", "application/json")
				.bodyValue("{\"model\":\"llama\"}").exchange(), 404, "model_not_found");
	}

	@Test
	void keepsConversationsOfOwnersApart() {
		var ada = as(user().secret());
		var bob = as(user().secret());
		var made = text(post(ada, "/api/conversations", "{\"model\":\"llama\"}").expectStatus().isCreated());
		var path = "/api/conversations/" + made.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");

		get(ada, path).expectStatus().isOk();
		assertRefused(get(bob, path), 404, "not_found");
		assertRefused(get(as(ROOT), path), 404, "not_found");
	}

	@Test
	void tellsProbesNoMoreThanWhetherItIsReady() {
		get(client, "/actuator/health/liveness").expectStatus().isOk();
		get(client, "/actuator/health/readiness").expectStatus().isEqualTo(503).expectBody().jsonPath("$.components")
				.doesNotExist();
		get(as(user().secret()), "/actuator/health/readiness").expectBody().jsonPath("$.components").doesNotExist();
		get(as(ROOT), "/actuator/health/readiness").expectBody().jsonPath("$.components.models.details.llama.state")
				.isEqualTo("READY");
	}

	@Test
	void notesWhenAKeyWasUsed() {
		var key = user();
		get(as(key.secret()), "/v1/models").expectStatus().isOk();

		assertThat(store.all().filter(stored -> stored.id().equals(key.stored().id())).blockFirst())
				.satisfies(stored -> assertThat(stored.lastUsedAt()).isNotNull());
	}

}
