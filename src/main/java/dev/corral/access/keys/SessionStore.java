package dev.corral.access.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Mono;

/**
 * Browsers that have signed in, in the database. The token that a browser keeps says nothing about the key, ends sooner, and can be taken back
 * alone. Safe for any thread; nothing happens before a result is subscribed to.
 */
@Component
public final class SessionStore {

	/** How long a browser stays signed in. */
	public static final Duration LIFE = Duration.ofDays(30);

	/** With one more the oldest is signed out, so that a key cannot fill the table. */
	static final int MAX_SESSIONS = 100;

	private final DatabaseClient database;

	private final Clock clock;

	@Autowired
	SessionStore(ConnectionFactory connections) {
		this(connections, Clock.systemUTC());
	}

	SessionStore(ConnectionFactory connections, Clock clock) {
		this.database = DatabaseClient.create(connections);
		this.clock = clock;
	}

	/** Signs a browser in with the key of this hash; the result is its token, which is told this once. */
	public Mono<String> open(String keyHash) {
		return Mono.defer(() -> {
			var token = Secret.newToken();
			return database
					.sql("insert into browser_session (token_hash, key_hash, expires_at) values (:token, :key, :expires)")
					.bind("token", Secret.hash(token)).bind("key", keyHash).bind("expires", now().plus(LIFE)).then()
					.then(removeOldest(keyHash)).thenReturn(token);
		});
	}

	private Mono<Void> removeOldest(String keyHash) {
		return database.sql("""
			delete from browser_session where key_hash = :key and token_hash not in
				(select token_hash from browser_session where key_hash = :key order by expires_at desc limit %d)"""
				.formatted(MAX_SESSIONS)).bind("key", keyHash).then();
	}

	/** The hash of the key that the browser with this token has signed in with; empty if it has not, or too long ago. */
	public Mono<String> keyHash(String tokenHash) {
		return Mono.defer(() -> database
				.sql("select key_hash from browser_session where token_hash = :token and expires_at > :now")
				.bind("token", tokenHash).bind("now", now())
				.map(row -> Objects.requireNonNull(row.get("key_hash", String.class))).first());
	}

	/** Signs the browser with this token out. */
	public Mono<Void> close(String tokenHash) {
		return database.sql("delete from browser_session where token_hash = :token").bind("token", tokenHash).then();
	}

	/** Called once; what it returns is subscribed to again and again. Several servers may do this at once. */
	@Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	Mono<Long> deleteExpired() {
		return Mono.defer(() -> database.sql("delete from browser_session where expires_at <= :now").bind("now", now())
				.fetch().rowsUpdated());
	}

	private OffsetDateTime now() {
		return clock.instant().atOffset(ZoneOffset.UTC);
	}

}
