package dev.corral.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.Role;
import dev.corral.web.RequestRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which tokens let whom in, with an issuer that can be away. */
class IssuedTokensTests {

	private final TestIssuer issuer = new TestIssuer();

	private final AtomicLong nanos = new AtomicLong();

	private final IssuedTokens tokens = tokens(List.of(), "");

	@AfterEach
	void close() {
		issuer.close();
	}

	@Test
	void knowsWhoBearsAToken() {
		var caller = caller(tokens, issuer.token(issuer.claims("ada")));

		assertThat(caller.owner()).isEqualTo("oidc:ada");
		assertThat(caller.role()).isEqualTo(Role.USER);
		assertThat(caller.models()).isEmpty();
	}

	@Test
	void takesNoTokenForAnotherAudienceOfAnotherIssuerOrWithoutALife() {
		refuses(issuer.token(issuer.claims("ada").audience("mail")));
		refuses(issuer.token(issuer.claims("ada").audience((String) null)));
		refuses(issuer.token(issuer.claims("ada").issuer(issuer.address() + "/")));
		refuses(issuer.token(issuer.claims("ada").expirationTime(Date.from(Instant.now().minusSeconds(120)))));
		refuses(issuer.token(issuer.claims("ada").expirationTime(null)));
		refuses(issuer.token(issuer.claims("ada").notBeforeTime(Date.from(Instant.now().plusSeconds(300)))));
		refuses(issuer.token(issuer.claims(" ")));
	}

	@Test
	void takesNoTokenThatTheIssuerHasNotSigned() {
		refuses(issuer.forged(issuer.claims("ada")));
		refuses(TestIssuer.unsigned(issuer.claims("ada")));
		refuses(issuer.signedWithThePublicKey(issuer.claims("ada")));
		refuses("eyJhbGciOiJSUzI1NiJ9.e30.x");
	}

	@Test
	void leavesWhatIsNoTokenToOthers() {
		assertThat(tokens.caller("corral-3q2").blockOptional()).isEmpty();
		assertThat(new IssuedTokens(OidcSettings.OFF, nanos::get).caller(issuer.token(issuer.claims("ada")))
				.blockOptional()).isEmpty();
		assertThat(issuer.keyRequests()).isZero();
	}

	@Test
	void makesAdministratorsOfTheConfiguredGroupAlone() {
		assertThat(caller(tokens, issuer.token(issuer.claims("ada").claim("groups", List.of("staff", "chiefs"))))
				.role()).isEqualTo(Role.ADMIN);
		assertThat(caller(tokens, issuer.token(issuer.claims("ada").claim("groups", "chiefs"))).role())
				.isEqualTo(Role.ADMIN);
		for (var other : List.of("chief", List.of("staff"), Map.of("chiefs", true), List.of(7))) {
			assertThat(caller(tokens, issuer.token(issuer.claims("ada").claim("groups", other))).role())
					.isEqualTo(Role.USER);
		}
	}

	@Test
	void letsMembersOfTheConfiguredGroupsAloneIn() {
		var members = tokens(List.of("staff"), "");

		assertThat(caller(members, issuer.token(issuer.claims("ada").claim("groups", "staff"))).role())
				.isEqualTo(Role.USER);
		assertThat(caller(members, issuer.token(issuer.claims("ada").claim("groups", "chiefs"))).role())
				.isEqualTo(Role.ADMIN);
		refuses(members, issuer.token(issuer.claims("ada")));
		refuses(members, issuer.token(issuer.claims("ada").claim("groups", "guests")));
	}

	@Test
	void givesTheModelsOfTheClaimAndNoneWithoutIt() {
		var some = tokens(List.of(), "models");

		assertThat(caller(some, issuer.token(issuer.claims("ada").claim("models", List.of("cria", "vicuna"))))
				.models()).isEqualTo(Set.of("cria", "vicuna"));
		refuses(some, issuer.token(issuer.claims("ada")));
	}

	@Test
	void keepsLongOwnersApart() {
		var ada = caller(tokens, issuer.token(issuer.claims("a".repeat(200) + "da")));
		var bob = caller(tokens, issuer.token(issuer.claims("a".repeat(200) + "bob")));

		assertThat(ada.owner()).hasSizeLessThanOrEqualTo(ApiKey.MAX_NAME).startsWith("oidc:")
				.isNotEqualTo(bob.owner());
	}

	@Test
	void asksForNewKeysWhenATokenNamesOneButNotForEachOfThem() {
		caller(tokens, issuer.token(issuer.claims("ada")));
		issuer.rotate("second");
		var token = issuer.token(issuer.claims("ada"));

		for (int i = 0; i < 20; i++) {
			refuses(token);
		}
		assertThat(issuer.keyRequests()).isEqualTo(1);
		pass(IssuerKeys.PAUSE);

		assertThat(caller(tokens, token).owner()).isEqualTo("oidc:ada");
		assertThat(issuer.keyRequests()).isEqualTo(2);
	}

	@Test
	void letsGoOfWithdrawnKeys() {
		var old = issuer.token(issuer.claims("ada"));
		caller(tokens, old);
		issuer.rotate("second");

		pass(IssuerKeys.LIFE);

		refuses(old);
	}

	@Test
	void saysThatTheIssuerIsAwayAndRecovers() {
		var token = issuer.token(issuer.claims("ada"));
		issuer.away(true);

		assertThatThrownBy(() -> tokens.caller(token).block()).isInstanceOfSatisfying(RequestRefused.class,
				refused -> assertThat(refused.getStatusCode().value()).isEqualTo(503))
				.hasMessageContaining("cannot be asked for its keys");
		issuer.away(false);
		pass(IssuerKeys.PAUSE);

		assertThat(caller(tokens, token).owner()).isEqualTo("oidc:ada");
	}

	@Test
	void goesOnWithTheKeysItKnowsWhileTheIssuerIsAway() {
		var token = issuer.token(issuer.claims("ada"));
		caller(tokens, token);
		issuer.away(true);

		pass(IssuerKeys.LIFE);

		assertThat(caller(tokens, token).owner()).isEqualTo("oidc:ada");
	}

	private void pass(Duration time) {
		nanos.addAndGet(time.toNanos());
	}

	private IssuedTokens tokens(List<String> userValues, String modelsClaim) {
		return new IssuedTokens(new OidcSettings(issuer.address(), TestIssuer.AUDIENCE, "sub", "groups",
				List.of("chiefs"), userValues, modelsClaim), nanos::get);
	}

	private static ApiKey caller(IssuedTokens tokens, String token) {
		return tokens.caller(token).blockOptional().orElseThrow();
	}

	private void refuses(String token) {
		refuses(tokens, token);
	}

	private static void refuses(IssuedTokens tokens, String token) {
		assertThatThrownBy(() -> tokens.caller(token).block()).isInstanceOf(BadCredentialsException.class);
	}

}
