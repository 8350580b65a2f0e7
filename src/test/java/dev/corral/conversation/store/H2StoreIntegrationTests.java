package dev.corral.conversation.store;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** The store in an H2 file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2StoreIntegrationTests extends StoreContract {

	private @Nullable StoreFixture store;

	@BeforeAll
	void open(@TempDir Path folder) {
		store = StoreFixture.open("h2:" + folder.resolve("corral"), null, clock());
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
	void keepsEverythingOverARestart(@TempDir Path folder) {
		var url = "h2:" + folder.resolve("kept");
		var first = StoreFixture.open(url, null, clock());
		var made = await(first.conversations().create(owner(), NEW));
		first.close();

		try (var second = StoreFixture.open(url, null, clock())) {
			assertThat(await(second.conversations().find(owner(), made.id()))).isEqualTo(made);
		}
	}

}
