package dev.corral.conversation.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Owner;
import reactor.core.publisher.Flux;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

	@Test
	void losesNothingWhenTheProcessIsKilled(@TempDir Path folder) throws IOException, InterruptedException {
		var url = "h2:" + folder.resolve("killed");
		var output = folder.resolve("output");
		var writer = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), KilledWriter.class.getName(), url)
				.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			Awaitility.await().atMost(LONGEST).until(() -> stored(output).size() >= 40);
		} finally {
			writer.destroyForcibly().waitFor();
		}
		var stored = stored(output);

		try (var store = StoreFixture.open(url, null, clock())) {
			assertThat(await(store.conversations().all(new Owner("ada")).map(Conversation::id))).containsAll(stored);
		}
	}

	@Test
	void letsGoOfTheFileWithTheApplication(@TempDir Path folder) throws IOException {
		new ApplicationContextRunner().withUserConfiguration(StoreConfiguration.class)
				.withPropertyValues("corral.store.url=h2:" + folder.resolve("closed"), "corral.store.connections=2")
				.run(context -> assertThat(context).hasSingleBean(Database.class).hasNotFailed());

		try (var file = FileChannel.open(folder.resolve("closed.mv.db"), StandardOpenOption.WRITE);
				var lock = file.lock()) {
			assertThat(lock.isValid()).isTrue();
		}
	}

	@Test
	void saysThatTheFileIsInUse(@TempDir Path folder) throws IOException {
		var url = "h2:" + folder.resolve("locked");
		StoreFixture.open(url, null, clock()).close();

		try (var file = FileChannel.open(folder.resolve("locked.mv.db"), StandardOpenOption.WRITE);
				var lock = file.lock()) {
			assertThat(lock.isValid()).isTrue();
			assertThatThrownBy(() -> StoreFixture.open(url, null, clock())).isInstanceOf(StoreRefused.class)
					.hasMessage("The conversations in '%s' are in use by another process.", folder.resolve("locked"));
		}
	}

	@Test
	void executesNothingOnTheThreadOfTheCaller() {
		var threads = await(Flux.range(0, 20).flatMap(_ -> store().conversations().create(owner(), NEW), 20)
				.map(_ -> Thread.currentThread().getName()).distinct());

		assertThat(threads).allMatch(thread -> thread.startsWith("boundedElastic"));
	}

	/** What a {@link KilledWriter} has said. */
	private static List<ConversationId> stored(Path output) throws IOException {
		return Pattern.compile("stored (\\S{36})\n").matcher(Files.readString(output)).results()
				.map(line -> ConversationId.parse(line.group(1))).toList();
	}

}
