package dev.corral.conversation.store;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Owner;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;

/** Finds words: the one thing that both databases do in ways of their own. */
interface WordIndex {

	static WordIndex of(Database database) {
		return switch (database.vendor()) {
			case H2 -> new H2WordIndex(database);
			case POSTGRESQL -> new PostgresWordIndex(database);
		};
	}

	/**
	 * Conversations whose title holds all words come first, then those with a message that does; among both, what was changed last.
	 *
	 * @param text any characters
	 * @param after where the page before ended
	 */
	Flux<Found> find(Owner owner, String text, @Nullable Cursor after, int limit);

	/** @param message the newest that holds all words; {@code null} if the title does */
	record Found(Conversation conversation, @Nullable MessageId message) {

		static Found read(Readable row) {
			return new Found(ConversationRow.read(row), ConversationRow.message(row, "message"));
		}

	}

}
