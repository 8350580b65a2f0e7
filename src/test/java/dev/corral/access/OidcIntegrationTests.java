package dev.corral.access;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Access tokens and keys at one server. */
class OidcIntegrationTests extends KeysTestServer {

	private static final TestIssuer ISSUER = new TestIssuer();

	@DynamicPropertySource
	static void issuer(DynamicPropertyRegistry properties) {
		properties.add("corral.access.oidc.issuer", ISSUER::address);
		properties.add("corral.access.oidc.audience", () -> TestIssuer.AUDIENCE);
		properties.add("corral.access.oidc.admin-values", () -> "chiefs");
	}

	@AfterAll
	static void close() {
		ISSUER.close();
	}

	@Test
	void letsTokensAndKeysIn() {
		var token = ISSUER.token(ISSUER.claims("ada"));

		get(as(token), "/v1/models").expectStatus().isOk();
		get(as(ROOT), "/v1/models").expectStatus().isOk();
		assertThat(text(get(as(token), "/api/session")))
				.contains("\"signed_in\":true,\"name\":\"oidc:ada\",\"role\":\"user\"");
		assertRefused(get(as(ISSUER.forged(ISSUER.claims("ada"))), "/v1/models"), 401, "invalid_api_key");
		assertRefused(get(as(TestIssuer.unsigned(ISSUER.claims("ada"))), "/v1/models"), 401, "invalid_api_key");
		assertRefused(get(client, "/v1/models"), 401, "invalid_api_key");
	}

	@Test
	void letsAdministratorsByGroupAloneSeeToKeys() {
		get(as(ISSUER.token(ISSUER.claims("ada").claim("groups", List.of("chiefs")))), "/api/keys").expectStatus()
				.isOk();
		assertRefused(get(as(ISSUER.token(ISSUER.claims("ada").claim("groups", List.of("staff")))), "/api/keys"), 403,
				"permission_denied");
	}

	@Test
	void keepsConversationsOfOwnersApart() {
		var ada = as(ISSUER.token(ISSUER.claims("ada")));
		var made = text(post(ada, "/api/conversations", "{\"model\":\"llama\"}").expectStatus().isCreated());
		var path = "/api/conversations/" + made.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");

		get(ada, path).expectStatus().isOk();
		get(as(ISSUER.token(ISSUER.claims("ada"))), path).expectStatus().isOk();
		assertRefused(get(as(ISSUER.token(ISSUER.claims("bob"))), path), 404, "not_found");
		assertRefused(get(as(ROOT), path), 404, "not_found");
	}

}
