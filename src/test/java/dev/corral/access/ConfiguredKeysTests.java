package dev.corral.access;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.access.AccessSettings.ConfiguredKey;
import dev.corral.access.AccessSettings.Required;
import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.Role;
import dev.corral.access.keys.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfiguredKeysTests {

	private static final String SECRET = "twenty random letters";

	@Test
	void findsKeysByTheirTextOrTheirHash() {
		var byText = keys(Map.of("ada", new ConfiguredKey("", SECRET, "admin", "", List.of("cria"), null)));
		var byHash = keys(Map.of("ada",
				new ConfiguredKey(Secret.hash(SECRET).toUpperCase(Locale.ROOT), null, "user", "lovelace", List.of(),
						null)));

		assertThat(byText.find(Secret.hash(SECRET)))
				.isEqualTo(new ApiKey("ada", "ada", Role.ADMIN, Set.of("cria"), null));
		assertThat(byHash.find(Secret.hash(SECRET)))
				.isEqualTo(new ApiKey("ada", "lovelace", Role.USER, Set.of(), null));
		assertThat(byText.find(Secret.hash("something else"))).isNull();
		assertThat(keys(Map.of()).isEmpty()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({",,user,needs a hash or a key", "0a,twenty random letters,user,needs a hash or a key",
			"0a,,user,has a hash that is no SHA-256", ",short,user,has a key of 5 characters",
			",twenty random letters,root,is not usable: 'role' must be user or admin"})
	void refusesWhatIsNoKey(@Nullable String hash, @Nullable String key, String role, String problem) {
		assertThatThrownBy(() -> keys(Map.of("ada", new ConfiguredKey(hash, key, role, null, List.of(), null))))
				.isInstanceOf(AccessRefused.class).hasMessageStartingWith("corral.access.keys.ada " + problem);
	}

	@Test
	void refusesOneKeyUnderTwoNames() {
		var key = new ConfiguredKey(null, SECRET, "user", null, List.of(), null);

		assertThatThrownBy(() -> keys(Map.of("ada", key, "bob", key))).isInstanceOf(AccessRefused.class)
				.hasMessageEndingWith("is the same key as another one.");
	}

	@Test
	void showsNoSecretInALog() {
		assertThat(new ConfiguredKey(null, SECRET, "user", null, List.of(), null).toString()).doesNotContain(SECRET);
	}

	private static ConfiguredKeys keys(Map<String, ConfiguredKey> keys) {
		return new ConfiguredKeys(new AccessSettings(Required.AUTO, keys, List.of(), OidcSettings.OFF));
	}

}
