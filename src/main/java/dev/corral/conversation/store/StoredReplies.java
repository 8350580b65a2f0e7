package dev.corral.conversation.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.NotPossible;
import dev.corral.conversation.OpenedReply;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.ReplyStore;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.FinishReason;
import dev.corral.template.Message;
import dev.corral.template.Role;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Replies in the database. {@code conversation.running_reply} says which one holds a conversation, and the row of that reply which
 * process writes it: one that was taken for dead and wakes up changes nothing more, even if the reply was continued elsewhere.
 */
@Component
final class StoredReplies implements ReplyStore {

	private static final String RUNNING = "status in ('queued', 'in_progress')";

	private static final int MAX_ERROR_CODE = 64;

	private static final int MAX_ERROR_MESSAGE = 4096;

	private final Database database;

	private final Branches branches;

	private final StoredConversations conversations;

	private final StoredMessages messages;

	StoredReplies(Database database, StoredConversations conversations, StoredMessages messages) {
		this.database = database;
		this.branches = new Branches(database);
		this.conversations = conversations;
		this.messages = messages;
	}

	@Override
	public Mono<OpenedReply> open(Owner owner, ConversationId conversation, @Nullable MessageId parent,
			List<Message> said, String model, Instant leaseUntil) {
		return database.transaction(() -> branches.after(owner, conversation, parent).flatMap(insert -> {
			if (said.isEmpty()) {
				checkAnswerable(insert.parent());
			}
			said.forEach(insert::add);
			insert.addReply(model, leaseUntil);
			return branches.add(insert);
		}).flatMap(stored -> conversations.find(owner, conversation)
				.map(found -> new OpenedReply(found, stored.subList(0, said.size()), stored.getLast()))));
	}

	private static void checkAnswerable(@Nullable StoredMessage parent) {
		if (parent == null) {
			throw new NotPossible("There is no message to reply to.");
		}
		var role = parent.message().role();
		if (role != Role.USER && role != Role.TOOL) {
			throw new NotPossible("Only a user's or a tool's message can be replied to, and '%s' is the %s's."
					.formatted(parent.id(), MessageRow.name(role)));
		}
	}

	@Override
	public Mono<StoredMessage> reopen(Owner owner, MessageId reply, Instant leaseUntil) {
		return database.transaction(() -> messages.find(owner, reply)
				.flatMap(found -> branches.take(owner, found.conversation(), reply, reply)
						// Read again: nobody can end or continue it any more.
						.then(messages.find(owner, reply)))
				.flatMap(found -> {
					checkContinuable(found);
					return database
							.sql("""
								update message set status = 'queued', writer = :writer, lease_until = :lease, finish_reason = null,
									error_code = null, error_message = null, finished_at = null where id = :id""")
							.bind("writer", database.writer()).bind("lease", leaseUntil).bind("id", reply.value())
							.run();
				}).then(messages.find(owner, reply)));
	}

	private static void checkContinuable(StoredMessage message) {
		var facts = message.reply();
		if (facts == null) {
			throw new NotPossible("Only replies can be continued, and this is no reply.");
		}
		if (message.status() == MessageStatus.COMPLETE && facts.finishReason() != FinishReason.LENGTH) {
			throw new NotPossible("The reply has come to its end and cannot be continued.");
		}
	}

	@Override
	public Mono<Void> begin(MessageId reply, WindowReport window) {
		return database.sql("update message set status = 'in_progress', window_report = :window"
				+ " where id = :id and writer = :writer and status = 'queued'")
				.bind("window", StoredJson.write(window)).bind("id", reply.value()).bind("writer", database.writer())
				.run();
	}

	@Override
	public Mono<Boolean> progress(MessageId reply, String text, Instant leaseUntil) {
		return Mono.defer(() -> {
			var stored = Text.shortened(text, Text.MAX_CONTENT);
			return database.sql("update message set content = :text, characters = :characters, lease_until = :lease"
					+ " where id = :id and writer = :writer and " + RUNNING).bind("text", stored)
					.bind("characters", stored.length()).bind("lease", leaseUntil).bind("id", reply.value())
					.bind("writer", database.writer()).change().map(rows -> rows == 1);
		});
	}

	@Override
	public Mono<Void> end(MessageId reply, MessageStatus status, Message message, ReplyFacts facts) {
		boolean stopped = status == MessageStatus.STOPPED;
		return database.transaction(() -> database.sql("""
			update conversation set running_reply = null, updated_at = :now
			where running_reply = :reply
				and exists (select 1 from message m where m.id = :reply and (m.writer = :writer or :stopped))""")
				.bind("now", database.now()).bind("reply", reply.value()).bind("writer", database.writer())
				.bind("stopped", stopped).change()
				.filter(rows -> rows == 1).flatMap(_ -> store(reply, status, message, facts))
				.filter(rows -> rows == 0).flatMap(_ -> stop(reply)));
	}

	/** What its writer has stored stays. */
	private Mono<Void> stop(MessageId reply) {
		return database
				.sql("update message set status = 'stopped', finished_at = :now, writer = null, lease_until = null"
						+ " where id = :id")
				.bind("now", database.now()).bind("id", reply.value()).run();
	}

	/** How many rows were changed: none if this is not the reply's writer. */
	private Mono<Long> store(MessageId reply, MessageStatus status, Message message, ReplyFacts facts) {
		var content = Text.shortened(message.content(), Text.MAX_CONTENT);
		var usage = facts.usage();
		var timings = facts.timings();
		var reason = facts.finishReason();
		var error = facts.error();
		return database
				.sql("""
					update message set status = :status, content = :content, characters = :characters, tool_calls = :calls,
						window_report = coalesce(:window, window_report), prompt_tokens = :prompt, completion_tokens = :completion,
						cached_tokens = :cached, finish_reason = :reason, queue_nanos = :queue, prefill_nanos = :prefill,
						decode_nanos = :decode, first_token_nanos = :first, error_code = :code, error_message = :error,
						finished_at = :finished, writer = null, lease_until = null
					where id = :id and writer = :writer""")
				.bind("status", status.id()).bind("content", content)
				.bind("characters", content.length()).bind("calls", StoredJson.write(message.toolCalls()))
				.bind("window", StoredJson.write(facts.window()))
				.bind("prompt", usage == null ? null : usage.promptTokens())
				.bind("completion", usage == null ? null : usage.completionTokens())
				.bind("cached", usage == null ? null : usage.cachedTokens())
				.bind("reason", reason == null ? null : MessageRow.name(reason))
				.bind("queue", nanos(timings == null ? null : timings.queue()))
				.bind("prefill", nanos(timings == null ? null : timings.prefill()))
				.bind("decode", nanos(timings == null ? null : timings.decode()))
				.bind("first", nanos(facts.timeToFirstToken()))
				.bind("code", error == null ? null : Text.shortened(error.code(), MAX_ERROR_CODE))
				.bind("error", error == null ? null : Text.shortened(error.message(), MAX_ERROR_MESSAGE))
				.bind("finished", facts.finishedAt() == null ? database.now().toInstant() : facts.finishedAt())
				.bind("id", reply.value()).bind("writer", database.writer()).change();
	}

	private static @Nullable Long nanos(@Nullable Duration duration) {
		return duration == null ? null : duration.toNanos();
	}

	@Override
	public Flux<MessageId> interruptAbandoned(Instant now) {
		return database.sql("""
			select m.id from conversation c join message m on m.id = c.running_reply
			where c.running_reply is not null and m.lease_until < :now""").bind("now", now)
				.all(row -> new MessageId(ConversationRow.get(row, "id", UUID.class))).collectList()
				.flatMapIterable(replies -> replies).concatMap(reply -> interrupt(reply, now), 1);
	}

	/** Empty if its writer was heard of, or another server has been faster. */
	private Mono<MessageId> interrupt(MessageId reply, Instant now) {
		return database.transaction(() -> database.sql("""
			update conversation set running_reply = null where running_reply = :reply
				and exists (select 1 from message m where m.id = :reply and m.lease_until < :now)""")
				.bind("reply", reply.value()).bind("now", now).change()
				.flatMap(rows -> rows == 0
						? Mono.empty()
						: database.sql("update message set status = 'interrupted', finished_at = :now, writer = null,"
								+ " lease_until = null where id = :reply and lease_until < :now").bind("now", now)
								.bind("reply", reply.value()).change()
								.flatMap(ended -> ended == 1 ? Mono.just(reply) : Mono.error(new StillWritten()))))
				.onErrorResume(StillWritten.class, _ -> Mono.empty());
	}

	/** Takes back that a reply was let go of whose writer was heard of at that moment. */
	private static final class StillWritten extends RuntimeException {
	}

}
