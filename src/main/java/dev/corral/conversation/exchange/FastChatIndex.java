package dev.corral.conversation.exchange;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which lines of FastChat's log tell the most of their conversations, and what people thought of replies. */
final class FastChatIndex {

	/** Of no file. */
	static final FastChatIndex EMPTY = new FastChatIndex();

	private static final int MAX_CONVERSATIONS = 2_000_000;

	private final Map<String, Entry> conversations = new HashMap<>();

	private final Map<Long, Entry> lines = new HashMap<>();

	private FastChatIndex() {
	}

	/** @throws BrokenFile if it has too many conversations */
	static FastChatIndex of(Path file, ExchangeLimits limits) {
		var index = new FastChatIndex();
		try (var records = ConversationReader.records(file, limits)) {
			for (var record = records.next(); record != null; record = records.next()) {
				if (record instanceof JsonRecord.Read read && FastChatFormat.holdsConversation(read.value())) {
					index.add(read);
				}
			}
		}
		index.conversations.values().forEach(entry -> index.lines.put(entry.line, entry));
		index.conversations.clear();
		return index;
	}

	/** A line that does not tell which conversation it is about stands for itself. */
	private void add(JsonRecord.Read read) {
		var id = FastChatFormat.conversation(read.value());
		var entry = conversations.computeIfAbsent(id == null ? " " + read.number() : id, _ -> new Entry());
		entry.line = read.number();
		var vote = FastChatFormat.vote(read.value());
		if (vote != null) {
			entry.votes.put(FastChatFormat.messages(read.value()), vote);
		}
		if (conversations.size() > MAX_CONVERSATIONS) {
			throw new BrokenFile("The log tells of more than %d conversations. Split it.".formatted(MAX_CONVERSATIONS));
		}
	}

	/** Whether a line is the last of its conversation. */
	boolean takes(long line) {
		return lines.containsKey(line);
	}

	/** What people thought of replies, by the number of messages up to them. */
	Map<Integer, Boolean> votes(long line) {
		var entry = lines.get(line);
		return entry == null ? Map.of() : entry.votes;
	}

	private static final class Entry {

		private final Map<Integer, Boolean> votes = new TreeMap<>();

		private long line;

	}

}
