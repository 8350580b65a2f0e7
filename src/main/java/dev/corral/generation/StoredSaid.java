package dev.corral.generation;

import java.util.List;

import dev.corral.contextwindow.SizedMessage;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Messages;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.template.Message;
import reactor.core.publisher.Mono;

/**
 * A branch of a stored conversation.
 *
 * @param ids of its messages, from the first on
 * @param sizes of its messages
 */
record StoredSaid(Messages store, Owner owner, ConversationId conversation, List<MessageId> ids,
		List<SizedMessage> sizes, Summary summary) implements Said {

	/** Summarises the messages that these ids name. */
	interface Summary {

		Mono<String> of(List<MessageId> ids, int maxTokens);

	}

	@Override
	public Mono<List<Message>> at(List<Integer> places) {
		return places.isEmpty()
				? Mono.just(List.of())
				: store.find(owner, conversation, places.stream().map(ids::get).toList()).map(StoredMessage::message)
						.collectList();
	}

	@Override
	public Mono<String> recap(int count, int maxTokens) {
		return summary.of(ids.subList(0, count), maxTokens);
	}

}
