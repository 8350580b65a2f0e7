package dev.corral.conversation.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.Feedback;
import dev.corral.conversation.ImportedMessage;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Owner;
import dev.corral.conversation.ReplyFacts;
import io.r2dbc.spi.Statement;

/** An imported message as a row. What describes a reply is shortened to what can be stored; what was said is not. */
record ImportedRow(ImportedMessage message, ImportedTree.Place place, @Nullable MessageId parent, Owner owner,
		ConversationId conversation) {

	static final String SQL = """
		insert into message (id, conversation, owner, parent, depth, role, content, characters, tool_calls, tool_call_id,
			status, model, created_at, window_report, prompt_tokens, completion_tokens, cached_tokens, finish_reason,
			queue_nanos, prefill_nanos, decode_nanos, first_token_nanos, error_code, error_message, finished_at,
			feedback_good, feedback_reason)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
			$24, $25, $26, $27)""";

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private static final int MAX_ERROR_CODE = 64;

	private static final int MAX_ERROR_MESSAGE = 4096;

	/** @throws dev.corral.inference.InvalidParameter if what was said is too long to be stored */
	void bind(Statement statement) {
		var said = message.message();
		var content = String.valueOf(Text.storable("content", said.content(), Text.MAX_CONTENT));
		bind(statement, 0, place.id().value(), UUID.class);
		bind(statement, 1, conversation.value(), UUID.class);
		bind(statement, 2, owner.name(), String.class);
		bind(statement, 3, parent == null ? null : parent.value(), UUID.class);
		bind(statement, 4, place.depth(), Integer.class);
		bind(statement, 5, MessageRow.name(said.role()), String.class);
		bind(statement, 6, content, String.class);
		bind(statement, 7, content.length(), Integer.class);
		bind(statement, 8, Text.storable("tool_calls", StoredJson.write(said.toolCalls()), Text.MAX_CONTENT),
				String.class);
		bind(statement, 9, Text.storable("tool_call_id", said.toolCallId(), Text.MAX_TOOL_CALL_ID), String.class);
		bind(statement, 10, message.status().id(), String.class);
		bind(statement, 12, time(place.createdAt()), OffsetDateTime.class);
		bind(statement, message.reply());
		bind(statement, message.feedback());
	}

	private void bind(Statement statement, @Nullable ReplyFacts facts) {
		var usage = facts == null ? null : facts.usage();
		var timings = facts == null ? null : facts.timings();
		var reason = facts == null ? null : facts.finishReason();
		var error = facts == null ? null : facts.error();
		bind(statement, 11, facts == null ? null : Text.shortened(facts.model(), Text.MAX_MODEL), String.class);
		var window = facts == null ? null : facts.window();
		bind(statement, 13, window == null ? null : StoredJson.write(window.within(place.depth())), String.class);
		bind(statement, 14, usage == null ? null : usage.promptTokens(), Integer.class);
		bind(statement, 15, usage == null ? null : usage.completionTokens(), Integer.class);
		bind(statement, 16, usage == null ? null : usage.cachedTokens(), Integer.class);
		bind(statement, 17, reason == null ? null : MessageRow.name(reason), String.class);
		bind(statement, 18, nanos(timings == null ? null : timings.queue()), Long.class);
		bind(statement, 19, nanos(timings == null ? null : timings.prefill()), Long.class);
		bind(statement, 20, nanos(timings == null ? null : timings.decode()), Long.class);
		bind(statement, 21, nanos(facts == null ? null : facts.timeToFirstToken()), Long.class);
		bind(statement, 22, error == null ? null : Text.shortened(error.code(), MAX_ERROR_CODE), String.class);
		bind(statement, 23, error == null ? null : Text.shortened(error.message(), MAX_ERROR_MESSAGE), String.class);
		bind(statement, 24, facts == null || facts.finishedAt() == null ? null : time(facts.finishedAt()),
				OffsetDateTime.class);
	}

	private static void bind(Statement statement, @Nullable Feedback feedback) {
		var reason = feedback == null ? null : feedback.reason();
		bind(statement, 25, feedback == null ? null : feedback.good(), Boolean.class);
		bind(statement, 26, reason == null ? null : Text.shortened(reason, Feedback.MAX_REASON_LENGTH), String.class);
	}

	private static OffsetDateTime time(Instant time) {
		return ImportedTree.stored(time, Instant.EPOCH).atOffset(ZoneOffset.UTC);
	}

	private static @Nullable Long nanos(@Nullable Duration duration) {
		if (duration == null) {
			return null;
		}
		return duration.isNegative() ? 0L : duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
	}

	private static <T> void bind(Statement statement, int index, @Nullable T value, Class<T> type) {
		if (value == null) {
			statement.bindNull(index, type);
		} else {
			statement.bind(index, value);
		}
	}

}
