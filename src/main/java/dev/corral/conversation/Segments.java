package dev.corral.conversation;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the windows of conversations were cut. */
public interface Segments {

	/** All of a conversation, on whatever branch, in the order of their making. */
	Flux<Segment> find(Owner owner, ConversationId conversation);

	/** The newest with a summary of all up to this message; empty if there is none. */
	default Mono<Segment> recap(Owner owner, ConversationId conversation, MessageId last) {
		return find(owner, conversation).filter(segment -> segment.last().equals(last))
				.filter(segment -> segment.recap() != null && !segment.recap().isEmpty())
				.reduce((_, newer) -> newer);
	}

	/** Stores a cut; one that is there already, with the same first and last message and policy, takes over the new summary. */
	Mono<Void> add(Owner owner, ConversationId conversation, Segment segment);

}
