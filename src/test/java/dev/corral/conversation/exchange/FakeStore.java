package dev.corral.conversation.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationChange;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Conversations;
import dev.corral.conversation.Feedback;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.MessageTree;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NewConversation;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.Page;
import dev.corral.conversation.PageRequest;
import dev.corral.conversation.ReplyParameters;
import dev.corral.conversation.SearchHit;
import dev.corral.conversation.StoredMessage;
import dev.corral.conversation.TokenCount;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Conversations that are made when they are asked for, each a chain of messages: the user says "1", the reply is "2", and so on. It can
 * only be read from.
 */
final class FakeStore implements Conversations, Messages {

	private final List<Conversation> conversations = new ArrayList<>();

	private final int messages;

	private final Map<ConversationId, List<MessageNode>> trees = new ConcurrentHashMap<>();

	/** How many were handed out by {@link #all}. */
	final AtomicInteger taken = new AtomicInteger();

	FakeStore(int conversations, int messages) {
		this.messages = messages;
		for (int i = 0; i < conversations; i++) {
			this.conversations.add(new Conversation(ConversationId.next(), new Owner("ada"), "Talk " + i, "cria", null,
					ReplyParameters.NONE, false, false, Map.of(), null, null, Instant.EPOCH, Instant.EPOCH, 0));
		}
	}

	List<ConversationId> ids() {
		return conversations.stream().map(Conversation::id).toList();
	}

	@Override
	public Flux<Conversation> all(Owner owner) {
		return Flux.fromIterable(conversations).doOnNext(_ -> taken.incrementAndGet());
	}

	@Override
	public Mono<Conversation> find(Owner owner, ConversationId id) {
		return Flux.fromIterable(conversations).filter(each -> each.id().equals(id)).next()
				.switchIfEmpty(Mono.error(() -> new NotFound("conversation", id)));
	}

	@Override
	public Mono<MessageTree> tree(Owner owner, ConversationId conversation) {
		var nodes = new ArrayList<MessageNode>();
		for (int i = 0; i < messages; i++) {
			nodes.add(new MessageNode(MessageId.next(), i == 0 ? null : nodes.getLast().id(), i,
					i % 2 == 0 ? Role.USER : Role.ASSISTANT, MessageStatus.COMPLETE, null, 1, Instant.EPOCH));
		}
		trees.put(conversation, nodes);
		return Mono.just(new MessageTree(nodes));
	}

	@Override
	public Flux<StoredMessage> find(Owner owner, ConversationId conversation, Collection<MessageId> ids) {
		return Flux.fromIterable(trees.getOrDefault(conversation, List.of())).filter(node -> ids.contains(node.id()))
				.map(node -> new StoredMessage(node.id(), conversation, node.parent(), node.depth(),
						new Message(node.role(), Integer.toString(node.depth() + 1)), node.status(), null, null, null,
						node.createdAt()));
	}

	@Override
	public Mono<Conversation> create(Owner owner, NewConversation conversation) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Page<Conversation>> list(Owner owner, boolean archived, PageRequest page) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Page<SearchHit>> search(Owner owner, String text, PageRequest page) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Conversation> change(Owner owner, ConversationId id, ConversationChange change,
			@Nullable Long version) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Conversation> activate(Owner owner, ConversationId id, MessageId leaf) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Void> delete(Owner owner, ConversationId id) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Long> deleteUnchangedSince(Instant time) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<StoredMessage> find(Owner owner, MessageId id) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<List<StoredMessage>> append(Owner owner, ConversationId conversation, @Nullable MessageId parent,
			List<Message> messages) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Void> count(MessageId id, TokenCount tokens) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Void> judge(Owner owner, MessageId reply, @Nullable Feedback feedback) {
		throw new UnsupportedOperationException();
	}

}
