package dev.corral.access.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

import dev.corral.inference.InvalidParameter;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the stores of keys and sessions promise, whatever database they are on. */
public interface KeysContract {

	AtomicInteger NAMES = new AtomicInteger();

	Duration PATIENCE = Duration.ofMinutes(1);

	Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

	ConnectionFactory connections();

	default KeyStore keysAt(Instant now) {
		return new KeyStore(connections(), Clock.fixed(now, ZoneOffset.UTC));
	}

	default SessionStore sessionsAt(Instant now) {
		return new SessionStore(connections(), Clock.fixed(now, ZoneOffset.UTC));
	}

	static ApiKey aKey() {
		return ApiKey.of("key-" + NAMES.incrementAndGet(), Role.USER);
	}

	@Test
	default void findsAKeyByItsHashWithAllThatItGrants() {
		var key = new ApiKey(aKey().name(), "ada", Role.ADMIN, Set.of("cria", "org/model ü"), NOON.plusSeconds(60),
				new KeyLimits(0L, null, 3L, 4_000_000_000L));

		var made = get(keysAt(NOON).create(key));

		assertThat(made.secret()).matches("corral-[A-Za-z0-9_-]{43}");
		assertThat(made.stored().key()).isEqualTo(key);
		assertThat(made.stored().createdAt()).isEqualTo(NOON);
		assertThat(get(keysAt(NOON).find(Secret.hash(made.secret())))).isEqualTo(made.stored());
		assertThat(get(keysAt(NOON).all().collectList())).contains(made.stored());
		assertThat(get(keysAt(NOON).any())).isTrue();
		assertThat(keysAt(NOON).find(Secret.hash(made.secret() + "x")).blockOptional(PATIENCE)).isEmpty();
	}

	@Test
	default void keepsNoSecretThatWouldLetAnybodyIn() {
		var made = get(keysAt(NOON).create(aKey()));
		var token = get(sessionsAt(NOON).open(Secret.hash(made.secret())));

		var rows = get(DatabaseClient.create(connections()).sql("""
			select concat(name, owner, role, models, key_hash) as stored from api_key
			union all select concat(token_hash, key_hash) from browser_session""")
				.map(row -> String.valueOf(row.get("stored", String.class))).all().collectList());

		assertThat(rows).hasSizeGreaterThan(1).noneMatch(row -> row.contains(made.secret().substring(7)))
				.noneMatch(row -> row.contains(token));
	}

	@Test
	default void makesNoSecondKeyOfAName() {
		var key = aKey();
		get(keysAt(NOON).create(key));

		assertThatThrownBy(() -> get(keysAt(NOON).create(key))).isInstanceOf(KeyRefused.class)
				.hasMessage("There is a key named '%s' already.", key.name());
	}

	@Test
	default void makesNoKeyThatHasExpired() {
		var key = new ApiKey(aKey().name(), "ada", Role.USER, Set.of(), NOON);

		assertThatThrownBy(() -> get(keysAt(NOON).create(key))).isInstanceOf(InvalidParameter.class)
				.hasMessage("'expires_at' must be in the future.");
	}

	@Test
	default void notesAUseOnceInAWhile() {
		var hash = Secret.hash(get(keysAt(NOON).create(aKey())).secret());

		keysAt(NOON).used(get(keysAt(NOON).find(hash))).block(PATIENCE);
		var soon = NOON.plus(Duration.ofMinutes(9));
		keysAt(soon).used(get(keysAt(soon).find(hash))).block(PATIENCE);
		assertThat(get(keysAt(NOON).find(hash)).lastUsedAt()).isEqualTo(NOON);

		var later = NOON.plus(Duration.ofMinutes(11));
		keysAt(later).used(get(keysAt(later).find(hash))).block(PATIENCE);
		assertThat(get(keysAt(NOON).find(hash)).lastUsedAt()).isEqualTo(later);
	}

	@Test
	default void signsABrowserInUntilItsTimeIsOver() {
		var hash = Secret.hash(get(keysAt(NOON).create(aKey())).secret());
		var token = Secret.hash(get(sessionsAt(NOON).open(hash)));

		var lastMoment = NOON.plus(SessionStore.LIFE).minusSeconds(1);
		assertThat(get(sessionsAt(lastMoment).keyHash(token))).isEqualTo(hash);
		assertThat(sessionsAt(lastMoment.plusSeconds(1)).keyHash(token).blockOptional(PATIENCE)).isEmpty();

		assertThat(get(sessionsAt(lastMoment.plusSeconds(1)).deleteExpired())).isPositive();
		assertThat(sessionsAt(NOON).keyHash(token).blockOptional(PATIENCE)).isEmpty();
	}

	@Test
	default void signsTheOldestBrowserOutWhenThereAreTooManyOfAKey() {
		var hash = Secret.hash(get(keysAt(NOON).create(aKey())).secret());
		var other = Secret.hash(get(sessionsAt(NOON).open(Secret.hash("other"))));
		var first = Secret.hash(get(sessionsAt(NOON).open(hash)));
		for (int i = 1; i < SessionStore.MAX_SESSIONS; i++) {
			get(sessionsAt(NOON.plusSeconds(i)).open(hash));
		}
		assertThat(get(sessionsAt(NOON).keyHash(first))).isEqualTo(hash);

		var last = Secret.hash(get(sessionsAt(NOON.plusSeconds(1000)).open(hash)));

		assertThat(sessionsAt(NOON).keyHash(first).blockOptional(PATIENCE)).isEmpty();
		assertThat(get(sessionsAt(NOON).keyHash(last))).isEqualTo(hash);
		assertThat(get(sessionsAt(NOON).keyHash(other))).isEqualTo(Secret.hash("other"));
	}

	@Test
	default void revokesAKeyAndSignsItsBrowsersOut() {
		var made = get(keysAt(NOON).create(aKey()));
		var kept = get(keysAt(NOON).create(aKey()));
		var token = Secret.hash(get(sessionsAt(NOON).open(Secret.hash(made.secret()))));
		var keptToken = Secret.hash(get(sessionsAt(NOON).open(Secret.hash(kept.secret()))));

		assertThat(get(keysAt(NOON).revoke(made.stored().id()))).isTrue();

		assertThat(keysAt(NOON).find(Secret.hash(made.secret())).blockOptional(PATIENCE)).isEmpty();
		assertThat(sessionsAt(NOON).keyHash(token).blockOptional(PATIENCE)).isEmpty();
		assertThat(sessionsAt(NOON).keyHash(keptToken).blockOptional(PATIENCE)).isPresent();
		assertThat(get(keysAt(NOON).revoke(made.stored().id()))).isFalse();
		assertThat(get(keysAt(NOON).revoke(UUID.randomUUID()))).isFalse();
	}

	private static <T> T get(Mono<T> result) {
		return result.blockOptional(PATIENCE).orElseThrow();
	}

}
