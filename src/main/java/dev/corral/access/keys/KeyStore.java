package dev.corral.access.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;

import dev.corral.inference.InvalidParameter;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** API keys in the database. Safe for any thread; nothing happens before a result is subscribed to. */
@Component
public final class KeyStore {

	/** So many are listed as one answer. */
	static final int MAX_KEYS = 10_000;

	/** A use is noted if the last one noted was longer ago. */
	private static final Duration USE = Duration.ofMinutes(10);

	private static final String SELECT = "select id, name, owner, role, models, created_at, expires_at, last_used_at, "
			+ "requests_per_minute, tokens_per_minute, concurrent_replies, daily_tokens from api_key";

	private final DatabaseClient database;

	private final Clock clock;

	@Autowired
	KeyStore(ConnectionFactory connections) {
		this(connections, Clock.systemUTC());
	}

	KeyStore(ConnectionFactory connections, Clock clock) {
		this.database = DatabaseClient.create(connections);
		this.clock = clock;
	}

	/**
	 * Makes a key. An error signal is {@link KeyRefused} if there is one of this name, or there are too many, and {@link InvalidParameter} if it
	 * would have expired.
	 */
	public Mono<NewKey> create(ApiKey key) {
		return Mono.defer(() -> {
			if (key.expired(clock.instant())) {
				return Mono.error(new InvalidParameter("expires_at", "must be in the future"));
			}
			var secret = Secret.newKey();
			var stored = new StoredKey(UUID.randomUUID(), rounded(key), now().toInstant(), null);
			return count().filter(keys -> keys < MAX_KEYS)
					.switchIfEmpty(Mono.error(() -> new KeyRefused("There are %d keys already.".formatted(MAX_KEYS))))
					.flatMap(_ -> insert(stored, secret))
					.onErrorMap(DuplicateKeyException.class,
							_ -> new KeyRefused("There is a key named '%s' already.".formatted(key.name())))
					.thenReturn(new NewKey(stored, secret));
		});
	}

	/** As exact as both databases store times. */
	private static ApiKey rounded(ApiKey key) {
		var expiresAt = key.expiresAt();
		return expiresAt == null
				? key
				: new ApiKey(key.name(), key.owner(), key.role(), key.models(),
						expiresAt.truncatedTo(ChronoUnit.MICROS), key.limits());
	}

	private Mono<Long> insert(StoredKey stored, String secret) {
		var key = stored.key();
		var insert = database
				.sql("""
					insert into api_key (id, name, owner, role, models, key_hash, created_at, expires_at,
						requests_per_minute, tokens_per_minute, concurrent_replies, daily_tokens)
					values (:id, :name, :owner, :role, :models, :hash, :created, :expires, :requests, :tokens, :replies, :daily)""")
				.bind("id", stored.id())
				.bind("name", key.name()).bind("owner", key.owner()).bind("role", key.role().id())
				.bind("models", key.modelLines()).bind("hash", Secret.hash(secret))
				.bind("created", stored.createdAt().atOffset(ZoneOffset.UTC))
				.bind("requests", Parameter.fromOrEmpty(key.limits().requestsPerMinute(), Long.class))
				.bind("tokens", Parameter.fromOrEmpty(key.limits().tokensPerMinute(), Long.class))
				.bind("replies", Parameter.fromOrEmpty(key.limits().concurrentReplies(), Long.class))
				.bind("daily", Parameter.fromOrEmpty(key.limits().dailyTokens(), Long.class));
		return (key.expiresAt() == null
				? insert.bindNull("expires", OffsetDateTime.class)
				: insert.bind("expires", key.expiresAt().atOffset(ZoneOffset.UTC))).fetch().rowsUpdated();
	}

	private Mono<Long> count() {
		return database.sql("select count(*) as keys_there from api_key")
				.map(row -> get(row, "keys_there", Long.class)).one();
	}

	/** All keys by their names, also those that have expired. */
	public Flux<StoredKey> all() {
		return database.sql(SELECT + " order by name").map(KeyStore::read).all();
	}

	/** Whether there is any key, though it may have expired. */
	public Mono<Boolean> any() {
		return database.sql("select id from api_key limit 1").map(_ -> true).first().defaultIfEmpty(false);
	}

	/** The key of this hash, though it may have expired; empty without one. */
	public Mono<StoredKey> find(String hash) {
		return database.sql(SELECT + " where key_hash = :hash").bind("hash", hash).map(KeyStore::read).first();
	}

	/** Notes that a key was used, unless that was noted lately. */
	public Mono<Void> used(StoredKey key) {
		return Mono.defer(() -> {
			var now = now();
			var last = key.lastUsedAt();
			return last != null && last.isAfter(now.minus(USE).toInstant())
					? Mono.empty()
					: database.sql("update api_key set last_used_at = :now where id = :id").bind("now", now)
							.bind("id", key.id()).then();
		});
	}

	/**
	 * Removes a key for good, and signs out who has signed in with it.
	 *
	 * @return whether there was such a key
	 */
	public Mono<Boolean> revoke(UUID id) {
		return database
				.sql("delete from browser_session where key_hash in (select key_hash from api_key where id = :id)")
				.bind("id", id).then()
				.then(database.sql("delete from api_key where id = :id").bind("id", id).fetch().rowsUpdated())
				.map(rows -> rows > 0);
	}

	private OffsetDateTime now() {
		return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
	}

	private static StoredKey read(Readable row) {
		var key = new ApiKey(get(row, "name", String.class), get(row, "owner", String.class),
				Role.of(get(row, "role", String.class)), ApiKey.models(get(row, "models", String.class)),
				instant(row, "expires_at"),
				new KeyLimits(row.get("requests_per_minute", Long.class), row.get("tokens_per_minute", Long.class),
						row.get("concurrent_replies", Long.class), row.get("daily_tokens", Long.class)));
		return new StoredKey(get(row, "id", UUID.class), key,
				get(row, "created_at", OffsetDateTime.class).toInstant(), instant(row, "last_used_at"));
	}

	private static @Nullable Instant instant(Readable row, String column) {
		var time = row.get(column, OffsetDateTime.class);
		return time == null ? null : time.toInstant();
	}

	private static <T> T get(Readable row, String column, Class<T> type) {
		return Objects.requireNonNull(row.get(column, type), column);
	}

}
