package dev.corral.conversation.store;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.corral.conversation.NewConversation;
import dev.corral.conversation.Owner;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetentionTests {

	private final ManualClock clock = new ManualClock();

	private long deleteAfter(Duration age, @Nullable Duration retention) {
		var settings = new StoreSettings("h2:mem:" + UUID.randomUUID(), null, null, 2, retention);
		try (var store = StoreFixture.open(settings.url(), null, clock)) {
			await(store.conversations().create(new Owner("ada"), new NewConversation("cria")));
			clock.advance(age);
			return await(new Retention(store.conversations(), settings, clock).deleteOld());
		}
	}

	@Test
	void deletesWhatIsOlder() {
		assertThat(deleteAfter(Duration.ofDays(2), Duration.ofDays(1))).isEqualTo(1);
	}

	@Test
	void keepsWhatIsYounger() {
		assertThat(deleteAfter(Duration.ofHours(23), Duration.ofDays(1))).isZero();
	}

	@Test
	void keepsEverythingForEverUnlessTold() {
		assertThat(deleteAfter(Duration.ofDays(10_000), null)).isZero();
	}

	@Test
	void looksAtTheTimeAgainForEachDeletion() {
		var settings = new StoreSettings("h2:mem:" + UUID.randomUUID(), null, null, 2, Duration.ofDays(1));
		try (var store = StoreFixture.open(settings.url(), null, clock)) {
			var deletion = new Retention(store.conversations(), settings, clock).deleteOld();
			await(store.conversations().create(new Owner("ada"), new NewConversation("cria")));
			clock.advance(Duration.ofDays(2));

			assertThat(await(deletion)).isEqualTo(1);
		}
	}

	@Test
	void refusesToKeepNothing() {
		assertThatThrownBy(() -> new StoreSettings("h2:mem:x", null, null, 2, Duration.ZERO))
				.hasMessageContaining("corral.store.retention must be positive");
	}

}
