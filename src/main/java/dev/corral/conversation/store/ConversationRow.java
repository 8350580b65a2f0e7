package dev.corral.conversation.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.Conversation;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Owner;
import io.r2dbc.spi.Readable;

/** Reads conversations from rows. */
final class ConversationRow {

	static final String COLUMNS = """
		c.id, c.owner, c.title, c.model, c.system_message, c.parameters, c.pinned, c.archived, c.metadata, c.leaf,
		c.running_reply, c.created_at, c.updated_at, c.version""";

	private ConversationRow() {
	}

	static Conversation read(Readable row) {
		return new Conversation(new ConversationId(get(row, "id", UUID.class)),
				new Owner(get(row, "owner", String.class)), row.get("title", String.class),
				get(row, "model", String.class), row.get("system_message", String.class),
				StoredJson.parameters(get(row, "parameters", String.class)), get(row, "pinned", Boolean.class),
				get(row, "archived", Boolean.class), StoredJson.metadata(get(row, "metadata", String.class)),
				message(row, "leaf"), message(row, "running_reply"), instant(row, "created_at"),
				instant(row, "updated_at"), get(row, "version", Long.class));
	}

	static @Nullable MessageId message(Readable row, String column) {
		var id = row.get(column, UUID.class);
		return id == null ? null : new MessageId(id);
	}

	static Instant instant(Readable row, String column) {
		return get(row, column, OffsetDateTime.class).toInstant();
	}

	/** The value of a column that is never null. */
	static <T> T get(Readable row, String column, Class<T> type) {
		return Objects.requireNonNull(row.get(column, type), column);
	}

}
