package dev.corral.conversation.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationChange;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.PageRequest;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.SearchHit;
import dev.corral.inference.InvalidParameter;

import static dev.corral.conversation.store.StoreUnderTest.await;
import static dev.corral.conversation.store.StoreUnderTest.replied;
import static dev.corral.conversation.store.StoreUnderTest.run;
import static dev.corral.conversation.store.StoreUnderTest.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Searching titles and messages. */
interface SearchContract extends StoreUnderTest {

	private List<SearchHit> search(String text) {
		return await(store().conversations().search(owner(), text, new PageRequest(null, 50))).items();
	}

	private Conversation titled(String title) {
		return await(
				store().conversations().change(owner(), conversation().id(), ConversationChange.title(title), null));
	}

	private Conversation with(String... texts) {
		var conversation = conversation();
		for (var text : texts) {
			await(store().messages().append(owner(), conversation.id(), null, List.of(said(text))));
		}
		return conversation;
	}

	@Test
	default void findsMessagesThatHoldAllWords() {
		var found = with("nothing here", "The llama crossed the river at dawn.");
		with("A llama.", "Some other river.");

		var hits = search("river LLAMA");

		assertThat(hits).singleElement().satisfies(hit -> {
			assertThat(hit.conversation().id()).isEqualTo(found.id());
			assertThat(hit.excerpt()).isEqualTo("The llama crossed the river at dawn.");
			assertThat(hit.message()).isNotNull();
		});
	}

	@Test
	default void findsTitlesBeforeMessages() {
		var titled = titled("Crossing rivers");
		clock().advance(Duration.ofSeconds(1));
		var newer = with("crossing");
		clock().advance(Duration.ofSeconds(1));
		var newest = with("crossing");

		var hits = search("crossing");

		assertThat(hits).extracting(hit -> hit.conversation().id()).containsExactly(titled.id(), newest.id(),
				newer.id());
		assertThat(hits.getFirst().message()).isNull();
		assertThat(hits.getFirst().excerpt()).isEqualTo("Crossing rivers");
	}

	@Test
	default void findsTheBeginningOfAWordThatIsStillTyped() {
		with("The llama crossed the river.");

		assertThat(search("llama cros")).hasSize(1);
		assertThat(search("llama crosx")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"故宫", "北京", "京的故", "北京 故宫", "Corral 故宫", "ラーメン", "たべた", "𠮷野家", "故"})
	default void findsWhatHasNoSpacesBetweenWords(String text) {
		var found = with("我们去了北京的故宫。𠮷野家でラーメンをたべた with Corral");
		with("宫故", "京北", "メンラー", "の");

		assertThat(search(text)).extracting(hit -> hit.conversation().id()).contains(found.id());
		assertThat(search(text)).hasSize(text.length() == 1 ? 2 : 1);
	}

	@Test
	default void findsTitlesWithoutSpaces() {
		var titled = titled("给羊驼起名字");

		assertThat(search("羊驼")).singleElement()
				.satisfies(hit -> assertThat(hit.conversation().id()).isEqualTo(titled.id()));
	}

	@Test
	default void tellsEachConversationOnceWithItsNewestHit() {
		var conversation = conversation();
		await(store().messages().append(owner(), conversation.id(), null, List.of(said("same word first"))));
		clock().advance(Duration.ofSeconds(1));
		var newest = await(
				store().messages().append(owner(), conversation.id(), null, List.of(said("same word then"))));

		assertThat(search("same word")).singleElement()
				.satisfies(hit -> assertThat(hit.message()).isEqualTo(newest.getFirst().id()));
	}

	@Test
	default void showsTheSurroundingsOfAHit() {
		with("😀".repeat(500) + " needle " + "é".repeat(500));

		assertThat(search("needle")).singleElement().satisfies(hit -> assertThat(hit.excerpt())
				.matches("…(😀){29,30} needle é+…").hasSizeLessThan(210));
	}

	@Test
	default void findsAReplyOnceItHasEnded() {
		var opened = open(conversation(), null, "question");
		await(store().replies().progress(opened.reply().id(), "gradually", lease()));
		run(store().replies().end(opened.reply().id(), MessageStatus.COMPLETE, replied("gradually written"),
				ReplyFacts.asked("cria")));

		assertThat(search("gradually")).singleElement()
				.satisfies(hit -> assertThat(hit.message()).isEqualTo(opened.reply().id()));
	}

	@Test
	default void findsNothingThatWasRenamedOrDeleted() {
		var titled = titled("before");
		run(store().conversations().change(owner(), titled.id(), ConversationChange.title("after"), null).then());
		run(store().conversations().delete(owner(), with("deleted").id()));

		assertThat(search("before")).isEmpty();
		assertThat(search("deleted")).isEmpty();
		assertThat(search("after")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 3, 4, 11, 12, 20})
	default void pagesThroughHitsOfTheSameTime(int limit) {
		var made = new ArrayList<ConversationId>();
		for (int index = 0; index < 6; index++) {
			made.add(titled("common word").id());
			made.add(with("common word", "common word again").id());
		}

		var found = new ArrayList<ConversationId>();
		String after = null;
		do {
			var page = await(store().conversations().search(owner(), "common", new PageRequest(after, limit)));
			assertThat(page.items()).hasSizeBetween(1, limit);
			page.items().forEach(hit -> found.add(hit.conversation().id()));
			after = page.next();
		} while (after != null);

		assertThat(found).hasSize(12).containsExactlyInAnyOrderElementsOf(made);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", " ", "'", "\"", "%", "_", "\\", "!", "&", "|", "a & | b", ":*", "a:*b", "(", "a <-> b",
			"''';--", "\0",
			"\uD800", "😀", "$1", ":text", "?", "a'b", "x\\", "' || (select 1) || '", "-- ", "/*", "a\0b", "*",
			"<script>"})
	default void takesAnyTextForWords(String text) {
		with("plain");
		titled("also plain");

		assertThat(search(text)).isEmpty();
		assertThat(search(text + " plain")).hasSizeLessThanOrEqualTo(2);
		assertThat(search("plain")).hasSize(2);
	}

	@Test
	default void refusesAQueryThatIsTooLong() {
		assertThatThrownBy(() -> search("x".repeat(201))).isInstanceOf(InvalidParameter.class)
				.hasMessage("'query' can have at most 200 characters, but has 201.");
		assertThat(search("x ".repeat(100))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"wörd", "字", "http://a.example/b?c=d ", "😀", "a-b-c-d ", "x", "\0", "1.5e3 "})
	default void storesTextsOfAnyWords(String word) {
		var text = new StringBuilder();
		for (int index = 0; text.length() < 900_000; index++) {
			text.append(word).append(Integer.toString(index, Character.MAX_RADIX)).append(' ');
		}

		with(text.toString());

		assertThat(await(store().conversations().list(owner(), false, new PageRequest(null, 1))).items()).hasSize(1);
	}

}
