package dev.corral.conversation.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.Owner;
import dev.corral.inference.InvalidParameter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class ConversationImportTests {

	private static final Owner OWNER = new Owner("ada");

	private static final ImportModels MODELS = new ImportModels(Set.of("cria", "vicuna"), "cria");

	private static final int MANY = 20_000;

	private final AtomicInteger stored = new AtomicInteger();

	private final ConversationImport imports = new ConversationImport(this::store, ExchangeLimits.DEFAULTS);

	@TempDir
	Path folder = Path.of("");

	@Test
	void tellsOfEachRecordWhatBecameOfIt() {
		var file = Samples.write(folder, """
			{"title": "A", "model": "vicuna", "conversations": [{"from": "human", "value": "Hi"}]}
			{"conversations": 5}
			{"title": "refuse", "conversations": []}
			{"title": "long", "conversations": []}
			{"title": "B", "model": "gpt-4o", "conversations": []}
			""");

		StepVerifier.create(imports.file(OWNER, file, null, MODELS))
				.assertNext(result -> assertThat(result).isInstanceOfSatisfying(ImportResult.Imported.class, first -> {
					assertThat(first.title()).isEqualTo("A by vicuna");
					assertThat(first.messages()).isEqualTo(1);
				}))
				.expectNext(new ImportResult.Refused(2, "it has no list 'conversations'"))
				.expectNext(new ImportResult.Refused(3, "it was not stored: No."))
				.expectNext(new ImportResult.Refused(4, "it was not stored: 'content' is too long."))
				.assertNext(result -> assertThat(result).isInstanceOfSatisfying(ImportResult.Imported.class,
						last -> assertThat(last.title()).isEqualTo("B by cria")))
				.verifyComplete();
	}

	@Test
	void readsNoFurtherThanItHasStored() {
		var read = new AtomicInteger();
		var records = ConversationImport.records(() -> ConversationReader.open(many(), null, ExchangeLimits.DEFAULTS))
				.doOnNext(_ -> read.incrementAndGet());

		StepVerifier.create(imports.store(OWNER, records, MODELS).doOnNext(
				result -> assertThat(read.get()).isLessThanOrEqualTo((int) result.number() + 2)), 0)
				.thenRequest(10).expectNextCount(10)
				.then(() -> assertThat(read.get()).isLessThanOrEqualTo(12)).thenRequest(Long.MAX_VALUE)
				.expectNextCount(MANY - 10).verifyComplete();
		assertThat(stored).hasValue(MANY);
	}

	@Test
	void importsAnUploadAndLeavesNoFile() throws IOException {
		long before = temporaryFiles();

		StepVerifier.create(imports.upload(OWNER, upload("[{\"conversations\": []},", "{\"conversations\": []}]"), null,
				MODELS, 1000)).expectNextCount(2).verifyComplete();
		assertThat(temporaryFiles()).isEqualTo(before);
	}

	@Test
	void refusesAnUploadThatIsTooLongOrBroken() throws IOException {
		long before = temporaryFiles();

		StepVerifier.create(imports.upload(OWNER, upload("[{\"conversations\": []},", "{\"conversations\": []}]"), null,
				MODELS, 30)).verifyErrorMessage("The file may have 30 bytes, but has more.");
		StepVerifier.create(imports.upload(OWNER, upload("[{\"conversations\": []}"), null, MODELS, 1000))
				.expectNextCount(1).expectError(BrokenFile.class).verify();
		assertThat(temporaryFiles()).isEqualTo(before);
		assertThat(stored).hasValue(1);
	}

	private Path many() {
		return Samples.write(folder, "{\"conversations\": [{\"from\": \"human\", \"value\": \"Hi\"}]}\n".repeat(MANY));
	}

	private static Flux<DataBuffer> upload(String... parts) {
		return Flux.fromArray(parts).map(
				part -> DefaultDataBufferFactory.sharedInstance.wrap(part.getBytes(StandardCharsets.UTF_8)));
	}

	private static long temporaryFiles() throws IOException {
		try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter(file -> file.getFileName().toString().startsWith("corral-import-")).count();
		}
	}

	private Mono<Conversation> store(Owner owner, ImportedConversation conversation) {
		if ("refuse".equals(conversation.title())) {
			return Mono.error(new NotPossible("No."));
		}
		if ("long".equals(conversation.title())) {
			return Mono.error(new InvalidParameter("content", "is too long"));
		}
		stored.incrementAndGet();
		return Mono.just(new Conversation(ConversationId.next(), owner,
				conversation.title() + " by " + conversation.model(), String.valueOf(conversation.model()), null,
				conversation.parameters(), false, false, Map.of(), null, null, Samples.TIME, Samples.TIME, 0));
	}

}
