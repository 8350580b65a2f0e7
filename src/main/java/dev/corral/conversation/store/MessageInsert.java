package dev.corral.conversation.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.StoredMessage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Messages that follow on each other, and are stored in one go. */
final class MessageInsert {

	private static final String SQL = """
		insert into message (id, conversation, owner, parent, depth, role, content, characters, tool_calls, tool_call_id,
			status, model, created_at, writer, lease_until)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)""";

	private final Database database;

	private final Owner owner;

	private final ConversationId conversation;

	private final OffsetDateTime now;

	private final List<StoredMessage> messages = new ArrayList<>();

	private final @Nullable StoredMessage parent;

	private @Nullable MessageId last;

	private int depth;

	private @Nullable Instant leaseUntil;

	/** @param parent what the first message follows; {@code null} if nothing */
	MessageInsert(Database database, Owner owner, ConversationId conversation, @Nullable StoredMessage parent) {
		this.database = database;
		this.owner = owner;
		this.conversation = conversation;
		this.now = database.now();
		this.parent = parent;
		this.last = parent == null ? null : parent.id();
		this.depth = parent == null ? 0 : parent.depth() + 1;
	}

	Owner owner() {
		return owner;
	}

	ConversationId conversation() {
		return conversation;
	}

	/** What the first message follows. */
	@Nullable
	StoredMessage parent() {
		return parent;
	}

	/** The end of the branch. */
	MessageId leaf() {
		return messages.getLast().id();
	}

	/** The reply that is to be written, if the last message is one. */
	@Nullable
	MessageId reply() {
		return leaseUntil == null ? null : leaf();
	}

	/** @throws dev.corral.inference.InvalidParameter if it is too long to be stored */
	void add(Message message) {
		var content = Text.storable("content", message.content(), Text.MAX_CONTENT);
		var call = Text.storable("tool_call_id", message.toolCallId(), Text.MAX_TOOL_CALL_ID);
		Text.storable("tool_calls", StoredJson.write(message.toolCalls()), Text.MAX_CONTENT);
		add(MessageId.next(), new Message(message.role(), String.valueOf(content), message.toolCalls(), call),
				MessageStatus.COMPLETE, null);
	}

	/** The last message: an empty reply. */
	void addReply(String model, Instant leaseUntil) {
		this.leaseUntil = leaseUntil;
		add(MessageId.next(), new Message(Role.ASSISTANT, ""), MessageStatus.QUEUED,
				ReplyFacts.asked(String.valueOf(Text.storable("model", model, Text.MAX_MODEL))));
	}

	private void add(MessageId id, Message message, MessageStatus status, @Nullable ReplyFacts facts) {
		messages.add(new StoredMessage(id, conversation, last, depth, message, status, null, facts, null,
				now.toInstant()));
		last = id;
		depth++;
	}

	/** The messages, once they are stored; at least one must have been added. */
	Mono<List<StoredMessage>> run() {
		return database.client().inConnectionMany(connection -> {
			var statement = connection.createStatement(SQL);
			for (int index = 0; index < messages.size(); index++) {
				if (index > 0) {
					statement.add();
				}
				bind(statement, messages.get(index));
			}
			return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated);
		}).then(Mono.fromSupplier(() -> List.copyOf(messages)));
	}

	private void bind(Statement statement, StoredMessage stored) {
		var message = stored.message();
		var facts = stored.reply();
		bind(statement, 0, stored.id().value(), UUID.class);
		bind(statement, 1, conversation.value(), UUID.class);
		bind(statement, 2, owner.name(), String.class);
		bind(statement, 3, stored.parent() == null ? null : stored.parent().value(), UUID.class);
		bind(statement, 4, stored.depth(), Integer.class);
		bind(statement, 5, MessageRow.name(message.role()), String.class);
		bind(statement, 6, message.content(), String.class);
		bind(statement, 7, message.content().length(), Integer.class);
		bind(statement, 8, StoredJson.write(message.toolCalls()), String.class);
		bind(statement, 9, message.toolCallId(), String.class);
		bind(statement, 10, stored.status().id(), String.class);
		bind(statement, 11, facts == null ? null : facts.model(), String.class);
		bind(statement, 12, now, OffsetDateTime.class);
		bind(statement, 13, stored.status().running() ? database.writer() : null, UUID.class);
		bind(statement, 14, stored.status().running() && leaseUntil != null
				? leaseUntil.atOffset(ZoneOffset.UTC)
				: null, OffsetDateTime.class);
	}

	private static <T> void bind(Statement statement, int index, @Nullable T value, Class<T> type) {
		if (value == null) {
			statement.bindNull(index, type);
		} else {
			statement.bind(index, value);
		}
	}

}
