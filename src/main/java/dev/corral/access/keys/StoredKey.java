package dev.corral.access.keys;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A key in the store.
 *
 * @param lastUsedAt some minutes before it was used last, or up to then; {@code null} for never
 */
public record StoredKey(UUID id, ApiKey key, Instant createdAt, @Nullable Instant lastUsedAt) {
}
