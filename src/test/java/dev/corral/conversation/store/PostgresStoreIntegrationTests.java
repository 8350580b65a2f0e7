package dev.corral.conversation.store;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.r2dbc.health.ConnectionFactoryHealthIndicator;

import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyFacts;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static dev.corral.conversation.store.StoreUnderTest.replied;
import static dev.corral.conversation.store.StoreUnderTest.run;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The store on a PostgreSQL server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreIntegrationTests extends StoreContract {

	private final String url = PostgresServer.newDatabase();

	private @Nullable StoreFixture store;

	@BeforeAll
	void open() {
		store = StoreFixture.open(url, PostgresServer.user(), clock());
	}

	@AfterAll
	void close() {
		store().close();
	}

	@Override
	public StoreFixture store() {
		return requireNonNull(store);
	}

	@Test
	void takesNothingFromAServerThatDoesNotWriteTheReply() {
		var conversation = conversation();
		var reply = open(conversation, null, "hi").reply().id();
		try (var other = StoreFixture.open(url, PostgresServer.user(), clock())) {

			assertThat(await(other.replies().progress(reply, "mine", lease()))).isFalse();
			run(other.replies().end(reply, MessageStatus.COMPLETE, replied("mine"), ReplyFacts.asked("cria")));
			assertThat(await(store().messages().find(owner(), reply)).status()).isEqualTo(MessageStatus.QUEUED);

			clock().advance(Duration.ofSeconds(11));
			assertThat(await(other.replies().interruptAbandoned(clock().instant()))).contains(reply);
			await(other.replies().reopen(owner(), reply, lease()));
			assertThat(await(store().replies().progress(reply, "late", lease()))).isFalse();
			assertThat(await(other.replies().progress(reply, "mine", lease()))).isTrue();
		}
	}

	@Test
	void letsAnotherServerStopAReplyWithWhatItHas() {
		var conversation = conversation();
		var reply = open(conversation, null, "hi").reply().id();
		await(store().replies().progress(reply, "Hel", lease()));
		try (var other = StoreFixture.open(url, PostgresServer.user(), clock())) {

			run(other.replies().end(reply, MessageStatus.STOPPED, replied("H"), ReplyFacts.asked("cria")));
		}

		var stopped = await(store().messages().find(owner(), reply));
		assertThat(stopped.status()).isEqualTo(MessageStatus.STOPPED);
		assertThat(stopped.message().content()).isEqualTo("Hel");
		assertThat(await(store().replies().progress(reply, "Hello", lease()))).isFalse();
		assertThat(await(store().conversations().find(owner(), conversation.id())).runningReply()).isNull();
	}

	@Test
	void goesOnWhenTheServerComesBackAndIsNotReadyMeanwhile() {
		var database = PostgresServer.newDatabase();
		try (var store = StoreFixture.open(database, PostgresServer.user(), clock())) {
			var health = new ConnectionFactoryHealthIndicator(store.database().connections());
			assertThat(await(health.health()).getStatus()).isEqualTo(Status.UP);

			PostgresServer.disconnect(database);
			Awaitility.await().until(() -> await(health.health()).getStatus().equals(Status.DOWN));
			PostgresServer.reconnect(database);

			Awaitility.await().until(() -> await(health.health()).getStatus().equals(Status.UP));
			assertThat(await(store.conversations().all(owner()))).isEmpty();
		}
	}

	@Test
	void saysWhatIsWrongWithADatabaseThatCannotBeUsed() {
		assertThatThrownBy(() -> StoreFixture.open(url, "nobody", clock())).isInstanceOf(StoreRefused.class)
				.hasMessageContaining("cannot be read: ").hasMessageContaining("nobody");
		assertThatThrownBy(() -> StoreFixture.open(url + "_missing", PostgresServer.user(), clock()))
				.isInstanceOf(StoreRefused.class).hasMessageContaining("_missing\" does not exist");
	}

}
