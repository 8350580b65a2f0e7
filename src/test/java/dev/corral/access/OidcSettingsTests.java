package dev.corral.access;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OidcSettingsTests {

	@ParameterizedTest
	@ValueSource(strings = {"http://login.example", "login.example", "https:", "file:///etc/keys",
			"http://127.0.0.1.example"})
	void refusesAnIssuerThatSomebodyBetweenCouldBe(String issuer) {
		assertThatThrownBy(() -> settings(issuer, "corral")).isInstanceOf(AccessRefused.class)
				.hasMessage("corral.access.oidc.issuer is no https address.");
	}

	@Test
	void refusesAnIssuerWithoutAnAudience() {
		assertThatThrownBy(() -> settings("https://login.example", " ")).isInstanceOf(AccessRefused.class);
	}

	@Test
	void findsWhereTheIssuerTellsAboutItself() {
		assertThat(settings("https://login.example/staff/", "corral").discovery())
				.hasToString("https://login.example/staff/.well-known/openid-configuration");
		assertThat(OidcSettings.OFF.on()).isFalse();
	}

	private static OidcSettings settings(String issuer, String audience) {
		return new OidcSettings(issuer, audience, "sub", "groups", List.of(), List.of(), "");
	}

}
