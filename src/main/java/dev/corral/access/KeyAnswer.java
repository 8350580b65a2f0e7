package dev.corral.access;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.corral.access.keys.ApiKey;
import dev.corral.access.keys.KeyLimits;
import dev.corral.access.keys.NewKey;
import dev.corral.access.keys.StoredKey;

/**
 * A key as administrators see it.
 *
 * @param id {@code null} for a key of the configuration, which can be removed there alone
 * @param source {@code store} or {@code configuration}
 * @param models empty for all
 * @param lastUsedAt not exact by some minutes; of a key of the configuration it is not known
 * @param limits how much it may use; what is {@code null} of it is as for all keys
 * @param key the secret, of a key that was just made; left out otherwise
 */
record KeyAnswer(@Nullable String id, String name, String owner, String role, List<String> models, String source,
		@Nullable Instant createdAt, @Nullable Instant expiresAt, @Nullable Instant lastUsedAt, KeyLimits limits,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key) {

	static KeyAnswer of(ApiKey configured) {
		return new KeyAnswer(null, configured.name(), configured.owner(), configured.role().id(), models(configured),
				"configuration", null, null, null, configured.limits(), null);
	}

	static KeyAnswer of(StoredKey stored) {
		return of(stored, null);
	}

	static KeyAnswer of(NewKey made) {
		return of(made.stored(), made.secret());
	}

	private static KeyAnswer of(StoredKey stored, @Nullable String secret) {
		var key = stored.key();
		return new KeyAnswer(stored.id().toString(), key.name(), key.owner(), key.role().id(), models(key), "store",
				stored.createdAt(), key.expiresAt(), stored.lastUsedAt(), key.limits(), secret);
	}

	private static List<String> models(ApiKey key) {
		return List.copyOf(new TreeSet<>(key.models()));
	}

}
