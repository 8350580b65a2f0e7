package dev.corral.conversation;

import java.util.UUID;

import dev.corral.conversation.KeptAnswer.Kind;
import reactor.core.publisher.Mono;

/**
 * Answers of HTTP APIs that can be asked for again. They go with their conversation when it is deleted. Whatever is another owner's does
 * not exist: {@link NotFound}. Nothing happens before a result is subscribed to.
 */
public interface KeptAnswers {

	/** @throws NotFound (as an error signal) if the owner has no such conversation */
	Mono<Void> add(Owner owner, KeptAnswer answer);

	Mono<KeptAnswer> find(Owner owner, Kind kind, UUID id);

	/** An owner's answers of one kind by their ids; {@link PageRequest#after} is an id. */
	Mono<Page<KeptAnswer>> list(Owner owner, Kind kind, boolean newestFirst, PageRequest page);

	/** Gives an answer another body. */
	Mono<Void> change(Owner owner, Kind kind, UUID id, String body);

	/** Forgets an answer; what was said stays in its conversation. */
	Mono<Void> delete(Owner owner, Kind kind, UUID id);

	/** How many answers of a conversation there are. */
	Mono<Long> count(Owner owner, ConversationId conversation);

}
