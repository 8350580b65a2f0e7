package dev.corral.responses;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.responses.InputItem.Called;
import dev.corral.responses.InputItem.Reference;
import dev.corral.responses.InputItem.Said;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is stored before something new is said, and how the new refers to it. */
@Component
class EarlierMessages {

	/** Messages that are read at once where a whole branch is wanted. */
	private static final int CHUNK = 500;

	private final Messages messages;

	EarlierMessages(Messages messages) {
		this.messages = messages;
	}

	/** A branch in order. */
	Mono<List<StoredMessage>> branch(Owner owner, ConversationId conversation, @Nullable MessageId leaf) {
		return nodes(owner, conversation, leaf).flatMap(nodes -> find(owner, conversation, ids(nodes)));
	}

	Mono<List<MessageNode>> nodes(Owner owner, ConversationId conversation, @Nullable MessageId leaf) {
		return leaf == null
				? messages.tree(owner, conversation).map(_ -> List.of())
				: messages.tree(owner, conversation).map(tree -> tree.branch(leaf));
	}

	/** These messages of a branch in order. */
	Mono<List<StoredMessage>> find(Owner owner, ConversationId conversation, List<MessageId> ids) {
		return Flux.fromIterable(ids).buffer(CHUNK)
				.concatMap(some -> messages.find(owner, conversation, some)).collectList();
	}

	private static List<MessageId> ids(Collection<MessageNode> nodes) {
		return nodes.stream().map(MessageNode::id).toList();
	}

	/**
	 * The messages that items are.
	 *
	 * @param conversation what they go on with; {@code null} for nothing
	 * @param leaf the message that they follow
	 */
	Mono<List<Message>> input(Owner owner, List<InputItem> items, @Nullable ConversationId conversation,
			@Nullable MessageId leaf) {
		return Flux.fromIterable(items).concatMap(item -> resolved(owner, item)).collectList()
				.flatMap(resolved -> callsBefore(owner, resolved, conversation, leaf)
						.map(calls -> InputMessages.of(resolved, calls)));
	}

	/** Identifiers of the calls on a branch, which are looked for only if somebody asks. */
	private Mono<Set<String>> callsBefore(Owner owner, List<InputItem> items, @Nullable ConversationId conversation,
			@Nullable MessageId leaf) {
		if (conversation == null || !InputMessages.answersEarlierCalls(items)) {
			return Mono.just(Set.of());
		}
		return nodes(owner, conversation, leaf)
				.map(nodes -> nodes.stream().filter(node -> node.role() == Role.ASSISTANT).toList())
				.flatMap(nodes -> find(owner, conversation, ids(nodes))).map(EarlierMessages::calls);
	}

	private static Set<String> calls(List<StoredMessage> said) {
		var calls = new HashSet<String>();
		said.forEach(each -> each.message().toolCalls().forEach(call -> calls.add(call.id())));
		return calls;
	}

	private Flux<InputItem> resolved(Owner owner, InputItem item) {
		if (!(item instanceof Reference(var id))) {
			return Flux.just(item);
		}
		return messages.find(owner, id.message()).flatMapIterable(stored -> {
			var message = stored.message();
			if (id.isCall()) {
				return List.of(new Called(call(id, message)));
			}
			return message.role() == Role.TOOL && message.toolCallId() != null
					? List.of(new InputItem.Answered(message.toolCallId(), message.content(), "input"))
					: List.of(new Said(message.role(), message.content()));
		});
	}

	/** @throws NotFound if the message has no such call */
	static ToolCall call(ItemId id, Message message) {
		if (id.call() >= message.toolCalls().size()) {
			throw new NotFound("item", id);
		}
		return message.toolCalls().get(id.call());
	}

}
