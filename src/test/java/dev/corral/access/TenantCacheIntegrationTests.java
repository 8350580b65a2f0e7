package dev.corral.access;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;

import dev.corral.RealApplication;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** With {@code prefix-sharing: tenant} nobody finds out from what is cached what the bearer of another's key has sent. */
@TestPropertySource(properties = {"corral.engine.prefix-sharing=tenant", "corral.engine.threads=1",
		"corral.store.url=h2:mem:${random.uuid}", "corral.access.keys.ada.key=ada's twenty random letters",
		"corral.access.keys.tablet.key=her other twenty random letters", "corral.access.keys.tablet.owner=ada",
		"corral.access.keys.bob.key=bob's twenty random letters"})
class TenantCacheIntegrationTests extends RealApplication {

	private static final String ADA = "ada's twenty random letters";

	private static final String HER_OTHER = "her other twenty random letters";

	private static final String BOB = "bob's twenty random letters";

	/** What the template puts before each text, which these callers know anyhow. */
	private int templateTokens(String key) {
		cached(key, "Zebras run.", "");
		return cached(key, "Quartz is hard.", "");
	}

	@Test
	void anotherOwnersRequestDoesNotShareWhatIsCached() {
		int known = templateTokens(BOB);
		var secret = "The code of the vault is four two seven one. What is the code of the vault?";
		cached(ADA, secret, "");

		assertThat(cached(BOB, secret, "")).isLessThanOrEqualTo(known);
		assertThat(cached(ADA, secret, "")).isGreaterThan(known + 5);
	}

	@Test
	void nothingThatARequestSaysMakesItAnotherOwners() {
		int known = templateTokens(BOB);
		for (var claim : List.of("\"user\":\"ada\",", "\"safety_identifier\":\"ada\\u0001\",",
				"\"cache_salt\":\"ada\",",
				"\"user\":\"\\u0000ada\",")) {
			var secret = "My sister %s lives at number nine of the long street. Where?".formatted(claim.hashCode());
			cached(ADA, secret, "");

			assertThat(cached(BOB, secret, claim)).as(claim).isLessThanOrEqualTo(known);
		}
	}

	@Test
	void theKeysOfOneOwnerShareAndASaltKeepsThemApart() {
		int known = templateTokens(ADA);
		var text = "A meeting is on Tuesday in the red room. When is the meeting?";
		cached(ADA, text, "");

		assertThat(cached(HER_OTHER, text, "")).isGreaterThan(known + 5);
		assertThat(cached(HER_OTHER, text, "\"cache_salt\":\"s\",")).isLessThanOrEqualTo(known);
	}

	private int cached(String key, String text, String fields) {
		var body = "{%s\"model\":\"cria\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
				.formatted(fields, text);
		var answer = client().post().uri("/v1/chat/completions").header("Authorization", "Bearer " + key)
				.contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange().expectStatus().isOk()
				.expectBody(String.class).returnResult().getResponseBody();
		return JsonMapper.shared().readTree(Objects.requireNonNull(answer))
				.at("/usage/prompt_tokens_details/cached_tokens").asInt(-1);
	}

}
