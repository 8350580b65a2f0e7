package dev.corral.conversation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A whole conversation outside of the store: read from a file, or to be written into one. It has no id and no owner; its parts mean what
 * they mean in {@link Conversation}.
 *
 * @param model {@code null} if nobody told
 * @param createdAt {@code null} if nobody told
 * @param updatedAt {@code null} if nobody told
 * @param messages the tree, each behind its parent
 * @param leaf the key of the message that the active branch ends with; {@code null} exactly if there are no messages
 */
public record ImportedConversation(@Nullable String title, @Nullable String model, @Nullable String system,
		ReplyParameters parameters, boolean pinned, boolean archived, Map<String, String> metadata,
		@Nullable Instant createdAt, @Nullable Instant updatedAt, List<ImportedMessage> messages,
		@Nullable String leaf) {

	/** @throws BadConversation if the messages form no tree */
	public ImportedConversation {
		metadata = Map.copyOf(metadata);
		messages = List.copyOf(messages);
		title = title == null || title.length() <= Conversation.MAX_TITLE_LENGTH
				? title
				: title.substring(0, Conversation.MAX_TITLE_LENGTH - 1) + "…";
		var keys = keys(messages);
		if (leaf == null ? !keys.isEmpty() : !keys.contains(leaf)) {
			throw new BadConversation("its active branch ends with no message of it");
		}
	}

	private static Set<String> keys(List<ImportedMessage> messages) {
		var keys = new HashSet<String>();
		for (var message : messages) {
			if (message.parent() != null && !keys.contains(message.parent())) {
				throw new BadConversation("its message '%s' does not come behind its parent".formatted(message.key()));
			}
			if (!keys.add(message.key())) {
				throw new BadConversation("it has two messages '%s'".formatted(message.key()));
			}
		}
		return keys;
	}

	/** A conversation of which only this is known, ending with its last message. */
	public static ImportedConversation of(@Nullable String title, @Nullable String model, @Nullable String system,
			@Nullable Instant createdAt, List<ImportedMessage> messages, @Nullable String leaf) {
		return new ImportedConversation(title, model, system, ReplyParameters.NONE, false, false, Map.of(), createdAt,
				null, messages, leaf);
	}

	/**
	 * A stored conversation, its ids as keys.
	 *
	 * @param messages each behind its parent
	 */
	public static ImportedConversation of(Conversation conversation, List<StoredMessage> messages) {
		var imported = messages.stream().map(ImportedConversation::message).toList();
		return new ImportedConversation(conversation.title(), conversation.model(), conversation.system(),
				conversation.parameters(), conversation.pinned(), conversation.archived(), conversation.metadata(),
				conversation.createdAt(), conversation.updatedAt(), imported, leaf(conversation, imported));
	}

	/** Messages may have come after the conversation was read. */
	private static @Nullable String leaf(Conversation conversation, List<ImportedMessage> messages) {
		var leaf = conversation.leaf();
		if (leaf != null) {
			return leaf.toString();
		}
		return messages.isEmpty() ? null : messages.getLast().key();
	}

	private static ImportedMessage message(StoredMessage stored) {
		var parent = stored.parent();
		return new ImportedMessage(stored.id().toString(), parent == null ? null : parent.toString(), stored.message(),
				stored.status(), stored.reply(), stored.feedback(), stored.createdAt());
	}

	/** The same for a model that replies here. */
	public ImportedConversation withModel(String model) {
		return new ImportedConversation(title, model, system, parameters, pinned, archived, metadata, createdAt,
				updatedAt, messages, leaf);
	}

}
