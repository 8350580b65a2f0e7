package dev.corral.conversation.exchange;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class ConversationExportTests {

	private static final Owner OWNER = new Owner("ada");

	private static final int MANY = 20_000;

	@TempDir
	Path folder = Path.of("");

	@Test
	void readsNoFurtherThanItsReaderTakes() {
		var store = new FakeStore(MANY, 2);

		StepVerifier.create(new ConversationExport(store, store).json(OWNER), 0)
				.then(() -> assertThat(store.taken.get()).isLessThanOrEqualTo(2))
				.thenRequest(10).expectNextCount(10)
				.then(() -> assertThat(store.taken.get()).isLessThanOrEqualTo(12))
				.thenRequest(Long.MAX_VALUE).expectNextCount(MANY - 10).verifyComplete();
	}

	@Test
	void writesWholeConversationsThatCanBeReadAgain() {
		var store = new FakeStore(2, 1201);

		var text = String.join("", new ConversationExport(store, store).json(OWNER).toIterable());

		var file = Samples.write(folder, text);
		try (var reader = ConversationReader.open(file, null, ExchangeLimits.DEFAULTS)) {
			for (var title : new String[]{"Talk 0", "Talk 1"}) {
				assertThat(reader.next()).isInstanceOfSatisfying(ImportedRecord.Found.class, found -> {
					assertThat(found.conversation()).extracting(ImportedConversation::title).isEqualTo(title);
					assertThat(found.conversation().messages()).hasSize(1201).last()
							.extracting(message -> message.message().content()).isEqualTo("1201");
				});
			}
			assertThat(reader.next()).isNull();
		}
	}

	@Test
	void writesOneConversationInEachFormat() {
		var store = new FakeStore(3, 2);
		var export = new ConversationExport(store, store);
		var id = store.ids().get(1);

		StepVerifier.create(export.shareGpt(OWNER, id)).expectNext("""
			{"id":"%s","title":"Talk 1","model":"cria","conversations":[{"from":"human","value":"1"},\
			{"from":"gpt","value":"2"}]}
			""".formatted(id)).verifyComplete();
		StepVerifier.create(export.markdown(OWNER, id)).expectNext("# Talk 1\n\n## User\n\n1\n\n## Assistant\n\n2\n")
				.verifyComplete();
		StepVerifier.create(export.json(OWNER, id))
				.assertNext(
						line -> assertThat(line).startsWith("{\"format\":\"corral-conversations-1\",").endsWith("}\n"))
				.verifyComplete();
		StepVerifier.create(export.shareGpt(OWNER)).expectNextCount(3).verifyComplete();
		StepVerifier.create(export.markdown(OWNER, ConversationId.next())).verifyError(NotFound.class);
	}

}
