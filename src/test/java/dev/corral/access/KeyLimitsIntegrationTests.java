package dev.corral.access;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.KeyLimits;
import dev.corral.access.keys.Role;
import dev.corral.inference.FakeEngine;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** How much a key may use, over HTTP. A reply of the fake engine has 7 tokens of prompt and 3 of its own. */
@TestPropertySource(properties = {"corral.limits.daily-tokens=1000000",
		"corral.access.keys.small.key=small's twenty random letters",
		"corral.access.keys.small.limits.requests-per-minute=1"})
class KeyLimitsIntegrationTests extends KeysTestServer {

	private static final String CHAT = "{\"model\":\"llama\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

	@ParameterizedTest
	@ValueSource(strings = {"/v1/chat/completions", "/v1/chat/completions STREAM", "/v1/messages",
			"/v1/messages STREAM", "/api/chat", "/v1/completions {\"model\":\"llama\",\"prompt\":\"a\"}",
			"/api/generate {\"model\":\"llama\",\"prompt\":\"a\"}",
			"/v1/responses {\"model\":\"llama\",\"input\":\"a\"}",
			"/v1/responses {\"model\":\"llama\",\"input\":\"a\",\"store\":false}"})
	void refusesTheSecondRequestInAMinuteOnEveryRoute(String request) {
		var parts = (request.contains(" ") ? request : request + " " + CHAT).split(" ", 2);
		var body = parts[1].equals("STREAM") ? CHAT.replace("}]}", "}],\"stream\":true}") : parts[1];
		var client = as(limited(new KeyLimits(1L, null, null, null)));

		var first = post(client, parts[0], body).expectStatus().isOk().expectHeader()
				.valueEquals("x-ratelimit-limit-requests", "1").expectHeader()
				.valueEquals("x-ratelimit-remaining-requests", "0").expectHeader()
				.valueEquals("x-ratelimit-reset-requests", "1m0s");
		text(first);
		var refused = post(client, parts[0], body);

		refused.expectStatus().isEqualTo(429).expectHeader().valueMatches("Retry-After", "[1-9]\\d?").expectHeader()
				.valueEquals("x-ratelimit-remaining-requests", "0");
		assertThat(text(refused)).contains("This API key may use 1 requests per minute");
	}

	@Test
	void saysInTheFormsOfTheApisThatALimitIsReached() {
		var client = as(limited(new KeyLimits(null, 5L, null, null)));
		text(post(client, "/v1/chat/completions", CHAT).expectStatus().isOk());

		assertRefused(post(client, "/v1/chat/completions", CHAT), 429, "rate_limit_exceeded");
		post(client, "/v1/messages", CHAT).expectStatus().isEqualTo(429).expectBody().jsonPath("$.error.type")
				.isEqualTo("rate_limit_error");
		post(client, "/api/chat", CHAT).expectStatus().isEqualTo(429).expectBody().jsonPath("$.error").isNotEmpty();
		assertRefused(post(client, "/v1/embeddings", "{\"model\":\"llama\",\"input\":\"a\"}"), 429,
				"rate_limit_exceeded");
	}

	@Test
	void settlesTokensByWhatTheReplyUsed() {
		var client = as(limited(new KeyLimits(null, 1000L, null, null)));
		text(post(client, "/v1/chat/completions", CHAT).expectStatus().isOk());

		var second = post(client, "/v1/chat/completions", CHAT);

		var remaining = second.returnResult(String.class).getResponseHeaders()
				.getFirst("x-ratelimit-remaining-tokens");
		int prompt = engine.requests().getLast().promptTokens().size();
		// The bucket fills up by some 17 tokens a second.
		assertThat(Integer.parseInt(String.valueOf(remaining))).isBetween(1000 - 10 - prompt, 1000 - prompt);
	}

	@Test
	void refusesASecondReplyWhileTheFirstIsWrittenAndStoresNothingOfIt() {
		engine.answer(Flux.concat(FakeEngine.begun(), Flux.never()));
		var client = as(limited(new KeyLimits(null, null, 1L, null)));
		var conversation = made(client);
		post(client, conversation + "/messages", "{\"content\":\"hi\"}").expectStatus().is2xxSuccessful();

		var other = made(client);
		assertRefused(post(client, other + "/messages", "{\"content\":\"hi\"}"), 429, "rate_limit_exceeded");
		assertRefused(post(client, "/v1/chat/completions", CHAT), 429, "rate_limit_exceeded");

		assertThat(text(get(client, other + "/messages"))).doesNotContain("\"hi\"");
		assertThat(engine.generating()).isOne();
	}

	@Test
	void readsTheLimitsOfConfiguredKeysAndOfThoseThatAreMadeOverHttp() {
		var made = text(post(as(ROOT), "/api/keys",
				"{\"name\":\"tight\",\"limits\":{\"requests_per_minute\":0,\"daily_tokens\":8}}").expectStatus()
				.isCreated());
		var small = as("small's twenty random letters");

		assertThat(made).contains("\"limits\":{\"requests_per_minute\":0,\"tokens_per_minute\":null,"
				+ "\"concurrent_replies\":null,\"daily_tokens\":8}");
		text(post(small, "/v1/chat/completions", CHAT).expectStatus().isOk().expectHeader()
				.valueEquals("x-ratelimit-limit-tokens", "1000000"));
		assertRefused(post(small, "/v1/chat/completions", CHAT), 429, "rate_limit_exceeded");
		post(as(ROOT), "/api/keys", "{\"name\":\"x\",\"limits\":{\"daily_tokens\":-1}}").expectStatus().isBadRequest()
				.expectBody().jsonPath("$.error.param").isEqualTo("limits.daily_tokens");
	}

	@Test
	void countsNothingForRoutesThatMakeNoTokens() {
		var client = as(limited(new KeyLimits(1L, null, null, null)));

		get(client, "/v1/models").expectStatus().isOk().expectHeader().doesNotExist("x-ratelimit-limit-requests");
		get(client, "/v1/models").expectStatus().isOk();
		text(post(client, "/v1/chat/completions", CHAT).expectStatus().isOk());
	}

	private static String made(WebTestClient client) {
		return "/api/conversations/" + text(post(client, "/api/conversations", "{\"model\":\"llama\"}"))
				.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
	}

	private String limited(KeyLimits limits) {
		var name = "limited-" + user().stored().id();
		return store.create(new ApiKey(name, name, Role.USER, Set.of(), null, limits)).blockOptional().orElseThrow()
				.secret();
	}

}
