package dev.corral.conversation.store;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/**
 * Where conversations are kept, as {@code corral.store} says.
 *
 * @param url an H2 file or memory, or a PostgreSQL, as {@link StoreUrl} understands it
 * @param username of the database; {@code null} and empty for none, as for H2
 * @param password of that user; {@code null} and empty for none
 * @param connections most connections to the database
 * @param retention how long a conversation that nobody changes and nobody has pinned is kept; {@code null} keeps it for ever
 */
@Validated
@ConfigurationProperties("corral.store")
record StoreSettings(@NotBlank String url, @Nullable String username, @Nullable String password,
		@Min(2) @Max(200) int connections, @Nullable Duration retention) {

	StoreSettings {
		if (retention != null && !retention.isPositive()) {
			throw new IllegalArgumentException(
					"corral.store.retention must be positive, or empty to keep conversations for ever, but is "
							+ retention);
		}
	}

	/** The record's own would show the password in a log. */
	@Override
	public String toString() {
		return "StoreSettings[url=%s]".formatted(url);
	}

}
