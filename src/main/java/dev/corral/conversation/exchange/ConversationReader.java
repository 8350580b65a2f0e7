package dev.corral.conversation.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.BadConversation;
import dev.corral.conversation.ImportedConversation;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the conversations of a file, one at a time. One thread at a time may use it; calls wait for the disk.
 *
 * <p>Of FastChat's log, whose lines repeat a conversation as it grows, the last line of each conversation is taken; for that the file is
 * read twice, and a number for each conversation is in memory.
 */
public final class ConversationReader implements AutoCloseable {

	private final ConversationFormat format;

	private final ExchangeLimits limits;

	private final JsonRecords records;

	private final FastChatIndex index;

	private ConversationReader(ConversationFormat format, ExchangeLimits limits, JsonRecords records,
			FastChatIndex index) {
		this.format = format;
		this.limits = limits;
		this.records = records;
		this.index = index;
	}

	/**
	 * @param format {@code null} to find out
	 * @throws BrokenFile if it is none, or of no format that is known
	 */
	public static ConversationReader open(Path file, @Nullable ConversationFormat format, ExchangeLimits limits) {
		var found = format == null ? sniff(file, limits) : format;
		var index = found == ConversationFormat.FASTCHAT ? FastChatIndex.of(file, limits) : FastChatIndex.EMPTY;
		return new ConversationReader(found, limits, records(file, limits), index);
	}

	/**
	 * The format of a file, by the fields of its first record; Corral's own for an empty one.
	 *
	 * @throws BrokenFile if it is none that is known
	 */
	public static ConversationFormat sniff(Path file, ExchangeLimits limits) {
		try (var records = records(file, limits)) {
			for (var record = records.next(); record != null; record = records.next()) {
				if (record instanceof JsonRecord.Read read) {
					return ConversationFormat.of(read.value());
				}
			}
			return ConversationFormat.CORRAL;
		}
	}

	static JsonRecords records(Path file, ExchangeLimits limits) {
		try {
			return JsonRecords.open(Files.newInputStream(file), limits);
		} catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	public ConversationFormat format() {
		return format;
	}

	/**
	 * The next conversation, or a record that is none; {@code null} after the last.
	 *
	 * @throws BrokenFile if it cannot be told where the next one begins
	 */
	public @Nullable ImportedRecord next() {
		for (var record = records.next(); record != null; record = records.next()) {
			switch (record) {
				case JsonRecord.Unreadable(long number, String problem) -> {
					return new ImportedRecord.Refused(number, problem);
				}
				case JsonRecord.Read(long number, ObjectNode value) -> {
					if (format != ConversationFormat.FASTCHAT || index.takes(number)) {
						return read(number, value);
					}
				}
			}
		}
		return null;
	}

	private ImportedRecord read(long number, ObjectNode value) {
		try {
			checkCount(value);
			return new ImportedRecord.Found(number, read(value, index.votes(number)));
		} catch (BadConversation bad) {
			return new ImportedRecord.Refused(number, String.valueOf(bad.getMessage()));
		}
	}

	private void checkCount(ObjectNode value) {
		int count = Math.max(Math.max(value.path("messages").size(), value.path("conversations").size()),
				Math.max(value.path("mapping").size(), value.path("state").path("messages").size()));
		if (count > limits.messages()) {
			throw new BadConversation("it has %d messages, but may have %d".formatted(count, limits.messages()));
		}
	}

	private ImportedConversation read(ObjectNode value, Map<Integer, Boolean> votes) {
		return switch (format) {
			case CORRAL -> CorralJson.read(value);
			case SHAREGPT -> ShareGptFormat.read(value);
			case CHATGPT -> ChatGptFormat.read(value);
			case FASTCHAT -> FastChatFormat.read(value, votes);
		};
	}

	@Override
	public void close() {
		records.close();
	}

}
