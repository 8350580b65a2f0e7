package dev.corral.access;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;

import dev.corral.access.keys.KeyStore;
import dev.corral.openai.HttpContract;

import static org.assertj.core.api.Assertions.assertThat;

/** A server on loopback asks for no key until there is one. */
@TestPropertySource(properties = "corral.store.url=h2:mem:${random.uuid}")
class NoKeysIntegrationTests extends HttpContract {

	private static final String LOCAL = "{\"key_required\":false,\"signed_in\":true,\"name\":\"local\",\"role\":\"admin\"}";

	@Autowired
	private KeyRequirement requirement;

	@Autowired
	private KeyStore store;

	@Test
	void letsEverybodyInUntilTheFirstKeyIsMade() {
		assertThat(body("/api/session")).isEqualTo(LOCAL);
		post("/api/session", "{\"key\":\"anything\"}").expectStatus().isOk().expectHeader()
				.doesNotExist("Set-Cookie").expectBody(String.class).isEqualTo(LOCAL);
		client.get().uri("/v1/models").header("Authorization", "Bearer sk-none").exchange().expectStatus().isOk();
		client.get().uri("/nothing").exchange().expectStatus().isNotFound();
		assertThat(body("/api/keys")).isEqualTo("{\"keys\":[]}");

		client.post().uri("/api/keys").contentType(MediaType.APPLICATION_JSON).bodyValue("{\"name\":\"first\"}")
				.exchange().expectStatus().isCreated();

		client.get().uri("/v1/models").exchange().expectStatus().isUnauthorized();
		client.get().uri("/api/keys").exchange().expectStatus().isUnauthorized();
		assertThat(body("/api/session")).contains("\"key_required\":true,\"signed_in\":false");

		store.all().flatMap(key -> store.revoke(key.id())).blockLast();
		requirement.look().block();
		client.get().uri("/v1/models").exchange().expectStatus().isOk();
	}

	private String body(String path) {
		return String.valueOf(client.get().uri(path).exchange().expectStatus().isOk().expectBody(String.class)
				.returnResult().getResponseBody());
	}

}
