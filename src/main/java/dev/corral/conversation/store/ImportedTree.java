package dev.corral.conversation.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ConversationId;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.ImportedMessage;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Owner;

/** Gives the messages of an imported conversation ids, depths and times. Times are kept as far as they can be stored. */
final class ImportedTree {

	/** The year 9999. */
	private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

	private final ImportedConversation conversation;

	private final Instant createdAt;

	private final Instant updatedAt;

	private final Map<String, Place> places = new HashMap<>();

	ImportedTree(ImportedConversation conversation, Instant now) {
		this.conversation = conversation;
		createdAt = stored(conversation.createdAt(), now);
		var messages = conversation.messages();
		for (int index = 0; index < messages.size(); index++) {
			var message = messages.get(index);
			places.put(message.key(), place(message, index));
		}
		var latest = places.values().stream().map(Place::createdAt).reduce(createdAt, ImportedTree::later);
		updatedAt = stored(conversation.updatedAt(), conversation.createdAt() == null ? now : latest);
	}

	/** Where nobody told the time, messages are as far apart as can be stored, so that they stay in order. */
	private Place place(ImportedMessage message, int index) {
		var parent = message.parent() == null ? null : places.get(message.parent());
		var assumed = createdAt.plus(index, ChronoUnit.MICROS);
		var earliest = parent == null ? assumed : later(assumed, parent.createdAt().plus(1, ChronoUnit.MICROS));
		return new Place(MessageId.next(), parent == null ? 0 : parent.depth() + 1,
				stored(message.createdAt(), earliest));
	}

	/** A time as exact as it is stored, unless nobody told it or no calendar has it. */
	static Instant stored(@Nullable Instant told, Instant otherwise) {
		return told == null || told.isBefore(Instant.EPOCH) || told.isAfter(LATEST)
				? otherwise
				: told.truncatedTo(ChronoUnit.MICROS);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	Instant createdAt() {
		return createdAt;
	}

	Instant updatedAt() {
		return updatedAt;
	}

	/** The end of the active branch. */
	@Nullable
	MessageId leaf() {
		return id(conversation.leaf());
	}

	private @Nullable MessageId id(@Nullable String key) {
		var place = key == null ? null : places.get(key);
		return place == null ? null : place.id();
	}

	/** The messages as rows, in order. */
	List<ImportedRow> rows(Owner owner, ConversationId id) {
		var rows = new ArrayList<ImportedRow>();
		for (var message : conversation.messages()) {
			var place = places.get(message.key());
			if (place != null) {
				rows.add(new ImportedRow(message, place, id(message.parent()), owner, id));
			}
		}
		return rows;
	}

	/** Where a message is in the store. */
	record Place(MessageId id, int depth, Instant createdAt) {
	}

}
