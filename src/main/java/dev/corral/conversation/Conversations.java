package dev.corral.conversation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The stored conversations. Whatever is another owner's does not exist: {@link NotFound}. Nothing happens before a result is subscribed
 * to.
 */
public interface Conversations {

	Mono<Conversation> create(Owner owner, NewConversation conversation);

	Mono<Conversation> find(Owner owner, ConversationId id);

	/** Pinned ones first, then by their last change, newest first. */
	Mono<Page<Conversation>> list(Owner owner, boolean archived, PageRequest page);

	/** All of an owner's, archived ones too, in the order of their making; as many as are asked for are in memory. */
	Flux<Conversation> all(Owner owner);

	/**
	 * Conversations whose title or messages hold all words of a text, best first.
	 *
	 * @param text at most {@value SearchHit#MAX_QUERY_LENGTH} characters
	 */
	Mono<Page<SearchHit>> search(Owner owner, String text, PageRequest page);

	/**
	 * @param version the one that the change is meant for, else {@link ChangedMeanwhile}; {@code null} if any will do
	 */
	Mono<Conversation> change(Owner owner, ConversationId id, ConversationChange change, @Nullable Long version);

	/** Makes the branch that ends with this message the active one. */
	Mono<Conversation> activate(Owner owner, ConversationId id, MessageId leaf);

	/** Removes it and all that belongs to it, for good. */
	Mono<Void> delete(Owner owner, ConversationId id);

	/** Removes, for good, what nobody has changed since then and is neither pinned nor being replied in; how many that were. */
	Mono<Long> deleteUnchangedSince(Instant time);

}
