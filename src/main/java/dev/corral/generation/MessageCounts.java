package dev.corral.generation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.Messages;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.conversation.TokenCount;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many tokens stored messages have. Each is counted once for a model, and the count stored with it. */
@Component
class MessageCounts {

	/** How many texts are in memory at once. */
	private static final int PAGE = 64;

	private final Messages messages;

	private final ChatModels models;

	MessageCounts(Messages messages, ChatModels models) {
		this.models = models;
		this.messages = messages;
	}

	/**
	 * The tokens of each message's text, in their order.
	 *
	 * @param stores whether what had to be counted is stored
	 */
	Mono<List<Integer>> of(Owner owner, ConversationId conversation, List<MessageNode> nodes, ChatModel model,
			boolean stores) {
		var known = new HashMap<MessageId, Integer>();
		for (var node : nodes) {
			var tokens = node.tokens();
			if (tokens != null && tokens.model().equals(model.name())) {
				known.put(node.id(), tokens.tokens());
			}
		}
		var missing = nodes.stream().map(MessageNode::id).filter(id -> !known.containsKey(id)).toList();
		return Flux.fromIterable(missing).buffer(PAGE)
				.concatMap(ids -> messages.find(owner, conversation, ids).collectList())
				.concatMap(stored -> count(stored, model, known, stores))
				.then(Mono.fromSupplier(() -> nodes.stream().map(node -> known.getOrDefault(node.id(), 0)).toList()));
	}

	private Mono<Void> count(List<StoredMessage> stored, ChatModel model, Map<MessageId, Integer> known,
			boolean stores) {
		return OffEventLoop.call(() -> {
			var sizes = models.sizes(model);
			stored.forEach(message -> known.put(message.id(), sizes.contentTokens(message.message())));
			return stored;
		}).flatMapIterable(counted -> counted)
				// A reply that may go on has no count yet that would hold.
				.filter(message -> stores && message.status() == MessageStatus.COMPLETE)
				.concatMap(message -> messages.count(message.id(),
						new TokenCount(model.name(), known.getOrDefault(message.id(), 0))))
				.then();
	}

}
