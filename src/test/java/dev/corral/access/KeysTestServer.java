package dev.corral.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.KeyStore;
import dev.corral.access.keys.NewKey;
import dev.corral.access.keys.Role;
import dev.corral.openai.HttpContract;

/** Tests over a real socket against a server that asks for keys, because its configuration has one, and keeps more in memory. */
@TestPropertySource(properties = {"corral.store.url=h2:mem:${random.uuid}",
		"corral.access.keys.root.key=" + KeysTestServer.ROOT, "corral.access.keys.root.role=admin",
		"corral.access.keys.guest.key=" + KeysTestServer.GUEST, "corral.access.keys.guest.models=slow,org/broken"})
abstract class KeysTestServer extends HttpContract {

	/** Of an administrator. */
	static final String ROOT = "root's twenty random letters";

	/** Of somebody who may not use the model that works. */
	static final String GUEST = "guest's twenty random letters";

	private static final AtomicInteger NAMES = new AtomicInteger();

	@Autowired
	KeyStore store;

	/** A key of somebody new. */
	NewKey user() {
		return key(null);
	}

	NewKey key(@Nullable Instant expiresAt) {
		var name = "user-" + NAMES.incrementAndGet();
		return store.create(new ApiKey(name, name, Role.USER, Set.of(), expiresAt)).blockOptional().orElseThrow();
	}

	/** What sends a key with all that it asks. */
	WebTestClient as(String key) {
		return client.mutate().defaultHeader("Authorization", "Bearer " + key).build();
	}

	static ResponseSpec get(WebTestClient client, String path) {
		return client.get().uri(path).exchange();
	}

	static ResponseSpec post(WebTestClient client, String path, String body) {
		return client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	static String text(ResponseSpec response) {
		return Objects
				.requireNonNull(response.expectBody(String.class).returnResult().getResponseBody());
	}

	static void assertRefused(ResponseSpec response, int status, String code) {
		response.expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_JSON).expectBody()
				.jsonPath("$.error.code").isEqualTo(code).jsonPath("$.error.message").isNotEmpty();
	}

}
