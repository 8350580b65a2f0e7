package dev.corral.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.access.AccessSettings.ConfiguredKey;
import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.KeyLimits;
import dev.corral.access.keys.Role;
import dev.corral.access.keys.Secret;
import dev.corral.inference.InvalidParameter;

/** The keys of the configuration, which hold as long as the server runs. Immutable. */
@Component
class ConfiguredKeys {

	/** So short that it may have been made up, and can be guessed. */
	static final int MIN_CHARACTERS = 20;

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	private final Map<String, ApiKey> byHash = new HashMap<>();

	/** @throws AccessRefused if one of them is no key */
	ConfiguredKeys(AccessSettings settings) {
		settings.keys().forEach((name, configured) -> {
			if (byHash.put(hash(name, configured), key(name, configured)) != null) {
				throw refused(name, "is the same key as another one", "Give each its own.");
			}
		});
	}

	/** The key of this hash. */
	@Nullable
	ApiKey find(String hash) {
		return byHash.get(hash);
	}

	Collection<ApiKey> all() {
		return List.copyOf(byHash.values());
	}

	boolean isEmpty() {
		return byHash.isEmpty();
	}

	private static String hash(String name, ConfiguredKey configured) {
		var hash = given(configured.hash());
		var key = given(configured.key());
		if ((hash == null) == (key == null)) {
			throw refused(name, "needs a hash or a key, and not both",
					"Set key to a text of %d or more random characters, or hash to its SHA-256 in hexadecimal digits."
							.formatted(MIN_CHARACTERS));
		}
		if (key != null) {
			if (key.length() < MIN_CHARACTERS) {
				throw refused(name, "has a key of %d characters, which could be guessed".formatted(key.length()),
						"Take one of %d or more random characters, such as openssl rand -hex 32 writes."
								.formatted(MIN_CHARACTERS));
			}
			return Secret.hash(key);
		}
		var digits = String.valueOf(hash).toLowerCase(Locale.ROOT);
		if (!HASH.matcher(digits).matches()) {
			throw refused(name, "has a hash that is no SHA-256",
					"A SHA-256 has 64 hexadecimal digits, as printf %s KEY | sha256sum writes them.");
		}
		return digits;
	}

	private static ApiKey key(String name, ConfiguredKey configured) {
		var owner = given(configured.owner());
		try {
			var limits = configured.limits();
			return new ApiKey(name, owner == null ? name : owner, Role.of(configured.role().strip()),
					new HashSet<>(configured.models()), null, limits == null ? KeyLimits.DEFAULT : limits);
		} catch (InvalidParameter invalid) {
			throw refused(name, "is not usable: " + String.valueOf(invalid.getMessage()).replaceFirst("\\.$", ""),
					"Correct it.");
		}
	}

	/** An empty setting is as good as none: deployments leave values empty that they do not use. */
	private static @Nullable String given(@Nullable String setting) {
		return setting == null || setting.isBlank() ? null : setting.strip();
	}

	private static AccessRefused refused(String name, String problem, String remedy) {
		return new AccessRefused("corral.access.keys.%s %s.".formatted(name, problem), remedy);
	}

}
