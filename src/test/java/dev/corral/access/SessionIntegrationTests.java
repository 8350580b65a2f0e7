package dev.corral.access;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseCookie;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.corral.access.keys.SessionStore;

import static org.assertj.core.api.Assertions.assertThat;

/** Signing a browser in and out. */
class SessionIntegrationTests extends KeysTestServer {

	private static final String SIGNED_OUT = "{\"key_required\":true,\"signed_in\":false,\"name\":null,\"role\":null}";

	@Autowired
	private SignInAttempts attempts;

	@Autowired
	private DatabaseClient database;

	@BeforeEach
	void forgive() {
		attempts.succeeded(new InetSocketAddress("127.0.0.1", 1));
		attempts.succeeded(new InetSocketAddress("::1", 1));
	}

	@Test
	void tellsEverybodyWhetherTheyAreSignedIn() {
		var cookie = signIn(ROOT);

		assertThat(text(get(client, "/api/session").expectStatus().isOk())).isEqualTo(SIGNED_OUT);
		assertThat(text(with(cookie.getValue(), "/api/session").expectStatus().isOk()))
				.isEqualTo("{\"key_required\":true,\"signed_in\":true,\"name\":\"root\",\"role\":\"admin\"}");
		assertThat(text(with("nonsense", "/api/session").expectStatus().isOk())).isEqualTo(SIGNED_OUT);
		assertThat(text(get(as("nonsense"), "/api/session").expectStatus().isOk())).isEqualTo(SIGNED_OUT);
		assertThat(text(get(as(GUEST), "/api/session"))).contains("\"name\":\"guest\",\"role\":\"user\"");
	}

	@Test
	void keepsWhoHasSignedInWithACookieThatScriptsAndOtherSitesCannotUse() {
		var key = user();
		var cookie = signIn(key.secret());

		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getSameSite()).isEqualTo("Strict");
		assertThat(cookie.getPath()).isEqualTo("/");
		assertThat(cookie.getMaxAge()).isEqualTo(Duration.ofDays(30)).isEqualTo(SessionStore.LIFE);
		assertThat(cookie.isSecure()).isFalse();
		assertThat(cookie.getValue()).hasSize(43).doesNotContain(key.secret());
		with(cookie.getValue(), "/v1/models").expectStatus().isOk();
		assertRefused(with(cookie.getValue(), "/api/keys"), 403, "permission_denied");
	}

	@Test
	void makesTheCookieSecureWhereTheBrowserCameByHttps() {
		var answer = client.post().uri("/api/session").header("Content-Type", "application/json")
				.header("X-Forwarded-Proto", "https").bodyValue("{\"key\":\"" + ROOT + "\"}").exchange();

		assertThat(cookie(answer).isSecure()).isTrue();
	}

	@Test
	void storesNothingThatWouldSignAnybodyIn() {
		var cookie = signIn(user().secret());
		var stored = database.sql("select token_hash from browser_session")
				.map(row -> String.valueOf(row.get("token_hash", String.class))).all().collectList().blockOptional()
				.orElseThrow();

		assertThat(stored).isNotEmpty().doesNotContain(cookie.getValue())
				.allSatisfy(hash -> with(hash, "/v1/models").expectStatus().isUnauthorized());
	}

	@Test
	void doesNotSignInWithAWrongKey() {
		var refused = post(client, "/api/session", "{\"key\":\"wrong\"}");

		refused.expectHeader().doesNotExist("Set-Cookie").expectHeader().valueEquals("WWW-Authenticate", "Bearer");
		assertRefused(refused, 401, "invalid_api_key");
		post(client, "/api/session", "{}").expectStatus().isBadRequest();
		post(client, "/api/session", "{\"key\":\"%s\"}".formatted("x".repeat(1025))).expectStatus().isBadRequest();
	}

	@Test
	void slowsDownWhoKeepsGuessing() {
		for (int i = 0; i < SignInAttempts.FREE; i++) {
			post(client, "/api/session", "{\"key\":\"wrong\"}").expectStatus().isUnauthorized();
		}

		var refused = post(client, "/api/session", "{\"key\":\"%s\"}".formatted(ROOT));

		refused.expectHeader().exists("Retry-After");
		assertRefused(refused, 429, "too_many_attempts");
		get(as(ROOT), "/v1/models").expectStatus().isOk();
	}

	@Test
	void signsOut() {
		var cookie = signIn(user().secret()).getValue();
		var other = signIn(user().secret()).getValue();

		var answer = client.delete().uri("/api/session").cookie(SessionCookie.NAME, cookie).exchange();

		answer.expectStatus().isNoContent();
		assertThat(cookie(answer).getMaxAge()).isZero();
		assertRefused(with(cookie, "/v1/models"), 401, "invalid_api_key");
		with(other, "/v1/models").expectStatus().isOk();
		client.delete().uri("/api/session").exchange().expectStatus().isNoContent();
	}

	@Test
	void signsOutWhenTheKeyIsRevoked() {
		var key = user();
		var cookie = signIn(key.secret()).getValue();
		with(cookie, "/v1/models").expectStatus().isOk();

		as(ROOT).delete().uri("/api/keys/" + key.stored().id()).exchange().expectStatus().isNoContent();

		assertRefused(with(cookie, "/v1/models"), 401, "invalid_api_key");
	}

	@Test
	void refusesWhatAnotherSiteSendsWithTheCookie() {
		var cookie = signIn(ROOT).getValue();

		for (var origin : new String[]{"https://evil.example", "null", "http://localhost:1"}) {
			assertThat(client.post().uri("/api/keys").cookie(SessionCookie.NAME, cookie).header("Origin", origin)
					.header("Content-Type", "application/json").bodyValue("{\"name\":\"stolen\"}").exchange()
					.expectStatus().isForbidden().expectBody(String.class).returnResult().getResponseBody())
					.contains("pages of another origin");
		}
		assertThat(text(get(as(ROOT), "/api/keys"))).doesNotContain("stolen");
	}

	@Test
	void keepsABadKeyFromHidingBehindAGoodCookie() {
		var cookie = signIn(ROOT).getValue();

		client.get().uri("/v1/models").cookie(SessionCookie.NAME, cookie).header("x-api-key", "wrong").exchange()
				.expectStatus().isUnauthorized();
	}

	@Test
	void showsThePageToEverybodyWhateverTheirCookieSays() {
		for (var path : new String[]{"/openapi.json", "/docs", "/docs.css", "/api/shared/nothing", "/assets/nothing.js",
				"/c/x", "/compare", "/operator", "/settings", "/shared/x", "/favicon.svg", "/"}) {
			assertThat(client.get().uri(path).cookie(SessionCookie.NAME, "stale").exchange().returnResult(Void.class)
					.getStatus().value()).as(path).isIn(200, 404);
			client.post().uri(path).exchange().expectStatus().isUnauthorized();
		}
	}

	private ResponseCookie signIn(String key) {
		return cookie(post(client, "/api/session", "{\"key\":\"%s\"}".formatted(key)).expectStatus().isOk());
	}

	private static ResponseCookie cookie(ResponseSpec answer) {
		return Objects.requireNonNull(
				answer.returnResult(Void.class).getResponseCookies().getFirst(SessionCookie.NAME));
	}

	private ResponseSpec with(String cookie, String path) {
		return client.get().uri(path).cookie(SessionCookie.NAME, cookie).exchange();
	}

}
