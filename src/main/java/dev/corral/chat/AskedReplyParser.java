package dev.corral.chat;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.MessageId;
import dev.corral.conversation.NotFound;
import dev.corral.generation.ReplySettings;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.JsonFields;

/**
 * Reads what asks for a reply. All throw {@link InvalidParameter} naming the field that is missing, malformed or out of its range, and
 * {@link NotFound} for what can be no message.
 */
final class AskedReplyParser {

	private AskedReplyParser() {
	}

	/** A message to a conversation. */
	static AskedReply message(JsonFields fields) {
		return parse(fields, content(fields), parent(fields));
	}

	/** A message in place of another. */
	static AskedReply edit(JsonFields fields) {
		return parse(fields, content(fields), null);
	}

	/** Another reply to what is there, or more of one that is. */
	static AskedReply reply(JsonFields fields) {
		return parse(fields, null, null);
	}

	private static AskedReply parse(JsonFields fields, @Nullable String content, @Nullable MessageId parent) {
		var settings = new ReplySettings(fields.string("model"), null, ReplyParametersParser.parse(fields), null,
				ToolUse.NONE, fields.flag("truncate"));
		return new AskedReply(content, parent, settings, waits(fields), fields.flag("stream", true));
	}

	private static String content(JsonFields fields) {
		var content = fields.requiredString("content");
		if (content.isBlank()) {
			throw fields.invalid("content", "must not be blank");
		}
		return content;
	}

	private static @Nullable MessageId parent(JsonFields fields) {
		var parent = fields.string("parent_id");
		return parent == null ? null : MessageId.parse(parent);
	}

	private static boolean waits(JsonFields fields) {
		var when = fields.string("when_busy");
		return switch (when == null ? "reject" : when) {
			case "reject" -> false;
			case "queue" -> true;
			default -> throw fields.invalid("when_busy", "must be reject or queue");
		};
	}

}
