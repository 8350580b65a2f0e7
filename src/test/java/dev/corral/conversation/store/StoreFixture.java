package dev.corral.conversation.store;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ConversationImports;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.KeptAnswers;
import dev.corral.conversation.Messages;
import dev.corral.conversation.ReplyStore;
import dev.corral.conversation.Segments;
import dev.corral.conversation.Shares;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The ports on one open database, as a server has them. */
final class StoreFixture implements AutoCloseable {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private final Database database;

	private final StoredConversations conversations;

	private final StoredMessages messages;

	private StoreFixture(Database database) {
		this.database = database;
		this.conversations = new StoredConversations(database);
		this.messages = new StoredMessages(database);
	}

	static StoreFixture open(String url, @Nullable String username, Clock clock) {
		return new StoreFixture(Database.open(new StoreSettings(url, username, username, 8, null), clock));
	}

	Database database() {
		return database;
	}

	Conversations conversations() {
		return conversations;
	}

	Messages messages() {
		return messages;
	}

	ReplyStore replies() {
		return new StoredReplies(database, conversations, messages);
	}

	ConversationImports imports() {
		return new StoredImports(database);
	}

	Segments segments() {
		return new StoredSegments(database);
	}

	Shares shares() {
		return new StoredShares(database, conversations);
	}

	KeptAnswers answers() {
		return new StoredAnswers(database);
	}

	/** How many rows all tables of conversations have together. */
	long rows() {
		return Flux.just("conversation", "message", "segment", "share", "kept_answer")
				.concatMap(table -> database.sql("select count(*) as rows_there from " + table)
						.first(row -> ConversationRow.get(row, "rows_there", Long.class)))
				.reduce(0L, Long::sum).blockOptional(LONGEST).orElseThrow();
	}

	static <T> T await(Mono<T> result) {
		return result.blockOptional(LONGEST).orElseThrow();
	}

	static void run(Mono<Void> work) {
		work.block(LONGEST);
	}

	static <T> List<T> await(Flux<T> results) {
		return Objects.requireNonNull(results.collectList().block(LONGEST));
	}

	@Override
	public void close() {
		database.close();
	}

}
