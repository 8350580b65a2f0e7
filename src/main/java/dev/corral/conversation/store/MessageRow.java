package dev.corral.conversation.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Feedback;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.MessageNode;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyError;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.StoredMessage;
import dev.corral.conversation.TokenCount;
import dev.corral.inference.FinishReason;
import dev.corral.inference.Timings;
import dev.corral.inference.Usage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import io.r2dbc.spi.Readable;

import static dev.corral.conversation.store.ConversationRow.get;
import static dev.corral.conversation.store.ConversationRow.instant;
import static dev.corral.conversation.store.ConversationRow.message;

/** Reads messages from rows. */
final class MessageRow {

	/** Those of a node, which leave out everything long. */
	static final String NODE_COLUMNS = """
		m.id, m.parent, m.depth, m.role, m.status, m.token_model, m.tokens, m.characters, m.created_at""";

	static final String COLUMNS = """
		m.id, m.conversation, m.parent, m.depth, m.role, m.content, m.tool_calls, m.tool_call_id, m.status, m.token_model,
		m.tokens, m.model, m.window_report, m.prompt_tokens, m.completion_tokens, m.cached_tokens, m.finish_reason,
		m.queue_nanos, m.prefill_nanos, m.decode_nanos, m.first_token_nanos, m.error_code, m.error_message, m.finished_at,
		m.feedback_good, m.feedback_reason, m.created_at""";

	private MessageRow() {
	}

	static MessageNode node(Readable row) {
		return new MessageNode(id(row), message(row, "parent"), get(row, "depth", Integer.class),
				value(Role.class, row, "role"), status(row), tokens(row), get(row, "characters", Integer.class),
				instant(row, "created_at"));
	}

	static StoredMessage read(Readable row) {
		var message = new Message(value(Role.class, row, "role"), get(row, "content", String.class),
				StoredJson.toolCalls(row.get("tool_calls", String.class)), row.get("tool_call_id", String.class));
		return new StoredMessage(id(row), new ConversationId(get(row, "conversation", UUID.class)),
				message(row, "parent"), get(row, "depth", Integer.class), message, status(row), tokens(row), facts(row),
				feedback(row), instant(row, "created_at"));
	}

	static String name(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private static MessageId id(Readable row) {
		return new MessageId(get(row, "id", UUID.class));
	}

	static MessageStatus status(Readable row) {
		return value(MessageStatus.class, row, "status");
	}

	static @Nullable FinishReason finishReason(Readable row) {
		return row.get("finish_reason") == null ? null : value(FinishReason.class, row, "finish_reason");
	}

	private static <E extends Enum<E>> E value(Class<E> type, Readable row, String column) {
		return Enum.valueOf(type, get(row, column, String.class).toUpperCase(Locale.ROOT));
	}

	private static @Nullable TokenCount tokens(Readable row) {
		var model = row.get("token_model", String.class);
		return model == null ? null : new TokenCount(model, get(row, "tokens", Integer.class));
	}

	private static @Nullable ReplyFacts facts(Readable row) {
		var model = row.get("model", String.class);
		return model == null
				? null
				: new ReplyFacts(model, StoredJson.windowReport(row.get("window_report", String.class)), usage(row),
						finishReason(row), timings(row), duration(row, "first_token_nanos"), error(row),
						finishedAt(row));
	}

	private static @Nullable Usage usage(Readable row) {
		var prompt = row.get("prompt_tokens", Integer.class);
		return prompt == null
				? null
				: new Usage(prompt, get(row, "completion_tokens", Integer.class),
						get(row, "cached_tokens", Integer.class));
	}

	private static @Nullable Timings timings(Readable row) {
		var queue = row.get("queue_nanos", Long.class);
		return queue == null
				? null
				: new Timings(Duration.ofNanos(queue), Duration.ofNanos(get(row, "prefill_nanos", Long.class)),
						Duration.ofNanos(get(row, "decode_nanos", Long.class)));
	}

	private static @Nullable Duration duration(Readable row, String column) {
		var nanos = row.get(column, Long.class);
		return nanos == null ? null : Duration.ofNanos(nanos);
	}

	private static @Nullable ReplyError error(Readable row) {
		var code = row.get("error_code", String.class);
		return code == null ? null : new ReplyError(code, get(row, "error_message", String.class));
	}

	private static @Nullable Instant finishedAt(Readable row) {
		var time = row.get("finished_at", OffsetDateTime.class);
		return time == null ? null : time.toInstant();
	}

	private static @Nullable Feedback feedback(Readable row) {
		var good = row.get("feedback_good", Boolean.class);
		return good == null ? null : new Feedback(good, row.get("feedback_reason", String.class));
	}

}
