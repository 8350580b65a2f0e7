package dev.corral.conversation;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * What an HTTP API has to remember of one of its answers beside what was said, to tell it again.
 *
 * @param id names the answer in its API
 * @param message the reply that it told
 * @param body JSON in a form that is the API's own affair
 */
public record KeptAnswer(UUID id, Kind kind, ConversationId conversation, MessageId message, String body,
		Instant createdAt) {

	/** Which API's answer it is. */
	public enum Kind {

		/** Of OpenAI's Responses API. */
		RESPONSE,

		/** Of OpenAI's chat completions. */
		COMPLETION;

		/** The name in the database and in messages. */
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

		public static Kind of(String id) {
			return valueOf(id.toUpperCase(Locale.ROOT));
		}

	}

	/** An id for a new answer; ids made later compare as greater. */
	public static UUID nextId() {
		return Uuids.next();
	}

	/** @throws NotFound if the text is no id, so that nothing can have it */
	public static UUID parseId(Kind kind, String text) {
		return Uuids.parse(kind.id(), text);
	}
}
