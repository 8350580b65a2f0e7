package dev.corral.conversation.exchange;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.corral.inference.InvalidParameter;
import tools.jackson.databind.node.ObjectNode;

/** How a file holds conversations. */
public enum ConversationFormat {

	/** Corral's own, {@value CorralJson#FORMAT}: a conversation a line, with all that is stored of it. */
	CORRAL,

	/** Lists of {@code from} and {@code value}, or of {@code role} and {@code content}, as training data. */
	SHAREGPT,

	/** {@code conversations.json} of the data that ChatGPT exports. */
	CHATGPT,

	/** The log that FastChat's servers write, a line for each reply. */
	FASTCHAT;

	/** The name in requests: {@code sharegpt}. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * @param parameter the request's field that the name came in
	 * @throws InvalidParameter if no format has this name
	 */
	public static ConversationFormat of(String parameter, String id) {
		return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst()
				.orElseThrow(() -> new InvalidParameter(parameter, "must be one of %s, but is '%s'".formatted(
						Arrays.stream(values()).map(ConversationFormat::id).collect(Collectors.joining(", ")), id)));
	}

	/**
	 * The format of a record, by its fields.
	 *
	 * @throws BrokenFile if it is none of these
	 */
	static ConversationFormat of(ObjectNode record) {
		if (record.has("format")) {
			return CORRAL;
		}
		if (record.has("mapping")) {
			return CHATGPT;
		}
		if (record.has("state") || record.has("states") || record.has("type")) {
			return FASTCHAT;
		}
		if (record.has("conversations") || record.has("messages")) {
			return SHAREGPT;
		}
		throw new BrokenFile(
				"The file's first record is no conversation: it has none of the fields 'format', 'mapping', 'state', 'conversations' and 'messages'.");
	}

}
