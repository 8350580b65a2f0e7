package dev.corral.conversation.store;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Feedback;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageTree;
import dev.corral.conversation.Messages;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.Owner;
import dev.corral.conversation.StoredMessage;
import dev.corral.conversation.TokenCount;
import dev.corral.template.Message;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Messages in the database. */
@Component
final class StoredMessages implements Messages {

	/** Most ids in one statement; databases bound them. */
	private static final int CHUNK = 500;

	private final Database database;

	private final Branches branches;

	StoredMessages(Database database) {
		this.database = database;
		this.branches = new Branches(database);
	}

	@Override
	public Mono<MessageTree> tree(Owner owner, ConversationId conversation) {
		return database.sql("select " + MessageRow.NODE_COLUMNS + """
			 from message m where m.conversation = :conversation and m.owner = :owner
			order by m.created_at, m.depth, m.id""").bind("conversation", conversation.value())
				.bind("owner", owner.name()).all(MessageRow::node).collectList().flatMap(nodes -> nodes.isEmpty()
						? branches.exists(owner, conversation).thenReturn(new MessageTree(nodes))
						: Mono.just(new MessageTree(nodes)));
	}

	@Override
	public Mono<StoredMessage> find(Owner owner, MessageId id) {
		return database.sql("select " + MessageRow.COLUMNS + " from message m where m.id = :id and m.owner = :owner")
				.bind("id", id.value()).bind("owner", owner.name()).first(MessageRow::read)
				.switchIfEmpty(Mono.error(() -> new NotFound("message", id)));
	}

	@Override
	public Flux<StoredMessage> find(Owner owner, ConversationId conversation, Collection<MessageId> ids) {
		var values = ids.stream().map(MessageId::value).collect(Collectors.toSet());
		// In the order of their depth beforehand, so that the pieces can be told one after the other.
		var found = values.size() <= CHUNK
				? some(owner, conversation, List.copyOf(values))
				: byDepth(owner, conversation).filter(values::contains).buffer(CHUNK)
						.concatMap(chunk -> some(owner, conversation, chunk), 1);
		return found.switchIfEmpty(branches.exists(owner, conversation).thenMany(Flux.empty()));
	}

	private Flux<UUID> byDepth(Owner owner, ConversationId conversation) {
		return tree(owner, conversation).flatMapIterable(MessageTree::nodes).map(node -> node.id().value());
	}

	private Flux<StoredMessage> some(Owner owner, ConversationId conversation, List<UUID> ids) {
		if (ids.isEmpty()) {
			return Flux.empty();
		}
		return database.sql("select " + MessageRow.COLUMNS + """
			 from message m where m.id in (:ids) and m.conversation = :conversation and m.owner = :owner
			order by m.depth, m.id""").bind("ids", ids).bind("conversation", conversation.value())
				.bind("owner", owner.name()).all(MessageRow::read);
	}

	@Override
	public Mono<List<StoredMessage>> append(Owner owner, ConversationId conversation, @Nullable MessageId parent,
			List<Message> messages) {
		return database.transaction(() -> branches.after(owner, conversation, parent).flatMap(insert -> {
			messages.forEach(insert::add);
			return messages.isEmpty()
					? branches.exists(owner, conversation).thenReturn(List.of())
					: branches.add(insert);
		}));
	}

	@Override
	public Mono<Void> count(MessageId id, TokenCount tokens) {
		return database.sql("update message set token_model = :model, tokens = :tokens where id = :id")
				.bind("model", tokens.model()).bind("tokens", tokens.tokens()).bind("id", id.value()).run();
	}

	@Override
	public Mono<Void> judge(Owner owner, MessageId reply, @Nullable Feedback feedback) {
		return Mono.defer(() -> {
			var reason = feedback == null
					? null
					: Text.storable("reason", feedback.reason(), Feedback.MAX_REASON_LENGTH);
			return database.sql("""
				update message set feedback_good = :good, feedback_reason = :reason
				where id = :id and owner = :owner and model is not null""")
					.bind("good", feedback == null ? null : feedback.good()).bind("reason", reason)
					.bind("id", reply.value()).bind("owner", owner.name()).change()
					.flatMap(rows -> rows == 1
							? Mono.empty()
							: find(owner, reply).flatMap(_ -> Mono
									.error(new NotPossible("Only replies can be judged, and this is no reply."))));
		});
	}

}
