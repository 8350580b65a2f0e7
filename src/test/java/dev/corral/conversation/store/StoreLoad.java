package dev.corral.conversation.store;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import dev.corral.conversation.Conversation;

/**
 * A million made-up messages. Words are as common as in a language (Zipf's law over 30,000 of them), texts as long as in chats, and the
 * conversations of an owner lie between those of others, as they do where many people talk.
 */
final class StoreLoad {

	static final int OWNERS = 50;

	static final int CONVERSATIONS = 20_000;

	static final int MESSAGES = 1_000_000;

	/** Of the one long conversation, which is the first. */
	static final int LONGEST = 5_000;

	private static final int VOCABULARY = 30_000;

	private static final int BATCH = 200;

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final SplittableRandom random = new SplittableRandom(17);

	private final String[] words = new String[VOCABULARY];

	/** Running sums of how often the words come. */
	private final double[] frequencies = new double[VOCABULARY];

	private final List<UUID> conversations = new ArrayList<>();

	StoreLoad() {
		double sum = 0;
		for (int rank = 0; rank < VOCABULARY; rank++) {
			sum += 1.0 / (rank + 1);
			frequencies[rank] = sum;
			words[rank] = Long.toString(random.nextLong(36L * 36, 36L * 36 * 36 * 36), 36)
					+ Integer.toString(rank, Character.MAX_RADIX);
		}
	}

	static String owner(int index) {
		return "owner " + index;
	}

	/** @param rank how many words are more common */
	String word(int rank) {
		return words[rank];
	}

	UUID conversation(int index) {
		return conversations.get(index);
	}

	void fill(String url, String user) throws SQLException, IOException {
		try (var connection = DriverManager.getConnection("jdbc:" + url, user, user);
				var statement = connection.createStatement()) {
			// Built at once afterwards, which takes a fraction of the time.
			statement.execute("drop index message_words");
			statement.execute("alter table message drop constraint message_conversation_fkey");
			copy(connection);
			statement.execute("set maintenance_work_mem = '1GB'");
			statement.execute("create index message_words on message using gin (words)");
			statement.execute(
					"alter table message add foreign key (conversation) references conversation (id) on delete cascade");
			statement.execute("vacuum analyze");
		}
	}

	private void copy(Connection connection) throws SQLException, IOException {
		var copy = connection.unwrap(PGConnection.class).getCopyAPI();
		int stored = 0;
		for (int first = 0; first < CONVERSATIONS; first += BATCH) {
			var rows = new StringBuilder();
			var messages = new StringBuilder();
			for (int index = first; index < first + BATCH; index++) {
				int length = index == 0
						? LONGEST
						: Math.max(2, (MESSAGES - stored) / (CONVERSATIONS - index) + random.nextInt(-40, 41));
				stored += length;
				conversation(index, length, rows, messages);
			}
			copy(copy,
					"conversation (id, owner, title, model, parameters, metadata, leaf, created_at, updated_at, version)",
					rows);
			copy(copy,
					"message (id, conversation, owner, parent, depth, role, content, characters, status, model, created_at)",
					messages);
		}
	}

	private static void copy(CopyManager copy, String columns, StringBuilder rows) throws SQLException, IOException {
		copy.copyIn("copy " + columns + " from stdin", new StringReader(rows.toString()));
	}

	private void conversation(int index, int length, StringBuilder rows, StringBuilder messages) {
		var id = id(index);
		var owner = owner(index % OWNERS);
		var start = START.plusSeconds(index * 1000L);
		@Nullable
		UUID last = null;
		for (int depth = 0; depth < length; depth++) {
			var message = id(index);
			boolean asks = depth % 2 == 0;
			var text = text(asks ? 20 : 130);
			row(messages, message, id, owner, last, depth, asks ? "user" : "assistant", text, text.length(), "complete",
					asks ? null : "cria", start.plusSeconds(depth));
			last = message;
		}
		row(rows, id, owner, title(), "cria", "{}", "{}", last, start, start.plusSeconds(length), 0);
		conversations.add(id);
	}

	private String title() {
		var text = text(4);
		return text.substring(0, Math.min(text.length(), Conversation.MAX_TITLE_LENGTH));
	}

	/** @param median words; some texts are much longer */
	private String text(int median) {
		int length = (int) Math.clamp(median * Math.exp(gaussian() * 0.9), 1, 1500);
		var text = new StringBuilder();
		for (int word = 0; word < length; word++) {
			text.append(word == 0 ? "" : " ").append(words[rank()]);
		}
		return text.toString();
	}

	private double gaussian() {
		return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
	}

	private int rank() {
		int found = Arrays.binarySearch(frequencies, random.nextDouble(frequencies[VOCABULARY - 1]));
		return Math.min(VOCABULARY - 1, found < 0 ? -found - 1 : found);
	}

	/** As {@link dev.corral.conversation.MessageId#next} would have made it then. */
	private UUID id(int index) {
		long time = START.plusSeconds(index * 1000L).toEpochMilli();
		return new UUID(time << 16 | 7 << 12 | random.nextInt(1 << 12),
				random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
	}

	private static void row(StringBuilder rows, @Nullable Object... values) {
		for (int index = 0; index < values.length; index++) {
			rows.append(index == 0 ? "" : "\t").append(values[index] == null ? "\\N" : values[index]);
		}
		rows.append('\n');
	}

}
