package dev.corral.conversation.store;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.Owner;
import dev.corral.conversation.SearchHit;
import dev.corral.conversation.store.WordIndex.Found;
import reactor.core.publisher.Mono;

/** Finds conversations by words, and shows why. */
final class Search {

	/** How far into a message its words are looked for, where an index is kept. */
	private static final int INDEXED = 100_000;

	private final Database database;

	private final WordIndex index;

	Search(Database database) {
		this.database = database;
		this.index = WordIndex.of(database);
	}

	/** As {@link WordIndex#find}. */
	Mono<List<SearchHit>> find(Owner owner, String text, @Nullable Cursor after, int limit) {
		var words = Excerpt.words(text);
		return index.find(owner, text, after, limit).collectList()
				.flatMap(found -> texts(found.stream().flatMap(hit -> Stream.ofNullable(hit.message())).toList())
						.map(texts -> found.stream().map(hit -> hit(hit, texts, words)).toList()));
	}

	private Mono<Map<MessageId, String>> texts(List<MessageId> messages) {
		if (messages.isEmpty()) {
			return Mono.just(Map.of());
		}
		return database.sql("select m.id, left(m.content, :indexed) as content from message m where m.id in (:ids)")
				.bind("indexed", INDEXED)
				.bind("ids", messages.stream().map(MessageId::value).toList())
				.all(row -> Map.entry(new MessageId(ConversationRow.get(row, "id", UUID.class)),
						ConversationRow.get(row, "content", String.class)))
				.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private static SearchHit hit(Found found, Map<MessageId, String> texts, List<String> words) {
		var message = found.message();
		var text = message == null ? found.conversation().title() : texts.get(message);
		var excerpt = Excerpt.of(text == null ? "" : text, words);
		return new SearchHit(found.conversation(), message, excerpt, Excerpt.marks(excerpt, words));
	}

}
