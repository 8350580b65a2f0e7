package dev.corral.access;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.corral.access.keys.KeyLimits;

/**
 * Who may reach this server.
 *
 * @param required when callers need a key
 * @param keys keys by their names, beside those of the store
 * @param allowedHosts host names that requests may be addressed to while the server listens on loopback, beside
 * {@code localhost}, {@code 127.0.0.1} and {@code [::1]}; without a port
 * @param oidc whose access tokens let callers in, beside keys
 */
@ConfigurationProperties("corral.access")
record AccessSettings(@DefaultValue("auto") Required required, @DefaultValue Map<String, ConfiguredKey> keys,
		@DefaultValue List<String> allowedHosts, @NestedConfigurationProperty @DefaultValue OidcSettings oidc) {

	AccessSettings {
		keys = Map.copyOf(keys);
		allowedHosts = List.copyOf(allowedHosts);
	}

	/** {@code AUTO} asks for keys as soon as there is one, and wherever others than this machine can call. */
	enum Required {

		AUTO, TRUE, FALSE

	}

	/**
	 * A key, by its text or, so that the configuration tells nobody, by its hash.
	 *
	 * @param hash SHA-256 of the key in hexadecimal digits, in place of the key
	 * @param key 20 or more random characters
	 * @param role {@code user} or {@code admin}
	 * @param owner whose conversations it has; the key's name, without this
	 * @param models what it may use; empty for all
	 * @param limits how much it may use, where that is not what {@code corral.limits} says for all
	 */
	record ConfiguredKey(@Nullable String hash, @Nullable String key, @DefaultValue("user") String role,
			@Nullable String owner, @DefaultValue List<String> models, @Nullable KeyLimits limits) {

		ConfiguredKey {
			models = List.copyOf(models);
		}

		/** The record's own would show the key in a log. */
		@Override
		public String toString() {
			return "ConfiguredKey[role=%s]".formatted(role);
		}

	}

}
