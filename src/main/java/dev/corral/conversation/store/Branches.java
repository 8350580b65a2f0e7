package dev.corral.conversation.store;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyRunning;
import dev.corral.conversation.StoredMessage;
import reactor.core.publisher.Mono;

/**
 * Makes branches longer. All of this is part of a transaction of the caller's. Whoever changes a conversation takes its row first and
 * its messages' after it, so that nobody waits in a circle.
 */
record Branches(Database database) {

	/** How often a conversation may have been let go of between two looks. */
	private static final int ATTEMPTS = 5;

	/** Fails unless there is such a conversation. */
	Mono<Void> exists(Owner owner, ConversationId conversation) {
		return database.sql("select c.id from conversation c where c.id = :id and c.owner = :owner")
				.bind("id", conversation.value()).bind("owner", owner.name()).first(row -> conversation)
				.switchIfEmpty(Mono.error(() -> new NotFound("conversation", conversation))).then();
	}

	/** Messages that will follow on the parent. */
	Mono<MessageInsert> after(Owner owner, ConversationId conversation, @Nullable MessageId parent) {
		if (parent == null) {
			return Mono.fromSupplier(() -> new MessageInsert(database, owner, conversation, null));
		}
		return database
				.sql("select " + MessageRow.COLUMNS
						+ " from message m where m.id = :id and m.conversation = :conversation and m.owner = :owner")
				.bind("id", parent.value()).bind("conversation", conversation.value()).bind("owner", owner.name())
				.first(MessageRow::read)
				.switchIfEmpty(exists(owner, conversation).then(Mono.error(() -> new NotFound("message", parent))))
				.map(found -> new MessageInsert(database, owner, conversation, found));
	}

	/** Stores the messages and makes their branch the active one. Fails if a reply is being written. */
	Mono<List<StoredMessage>> add(MessageInsert messages) {
		return take(messages.owner(), messages.conversation(), messages.leaf(), messages.reply()).then(messages.run());
	}

	/**
	 * Makes another branch the active one, while no reply is being written.
	 *
	 * @param reply the one that is being written from now on; {@code null} for none
	 */
	Mono<Void> take(Owner owner, ConversationId conversation, MessageId leaf, @Nullable MessageId reply) {
		return take(owner, conversation, leaf, reply, ATTEMPTS);
	}

	private Mono<Void> take(Owner owner, ConversationId conversation, MessageId leaf, @Nullable MessageId reply,
			int attempts) {
		return database.sql("""
			update conversation set leaf = :leaf, running_reply = :reply, updated_at = :now
			where id = :id and owner = :owner and running_reply is null""").bind("leaf", leaf.value())
				.bind("reply", reply == null ? null : reply.value()).bind("now", database.now())
				.bind("id", conversation.value()).bind("owner", owner.name()).change()
				.flatMap(rows -> rows == 1
						? Mono.empty()
						: running(owner, conversation)
								.flatMap(running -> Mono.<Void>error(new ReplyRunning(running)))
								// Let go of between the two statements.
								.switchIfEmpty(attempts == 0
										? Mono.error(
												() -> new IllegalStateException("never seen at rest: " + conversation))
										: Mono.defer(() -> take(owner, conversation, leaf, reply, attempts - 1))));
	}

	/** Empty if no reply is being written. */
	private Mono<MessageId> running(Owner owner, ConversationId conversation) {
		return database.sql("select c.running_reply from conversation c where c.id = :id and c.owner = :owner")
				.bind("id", conversation.value()).bind("owner", owner.name())
				.first(row -> Optional.ofNullable(ConversationRow.message(row, "running_reply")))
				.switchIfEmpty(Mono.error(() -> new NotFound("conversation", conversation)))
				.flatMap(Mono::justOrEmpty);
	}

}
