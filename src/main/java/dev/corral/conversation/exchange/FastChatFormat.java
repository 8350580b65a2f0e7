package dev.corral.conversation.exchange;

import java.util.ArrayList;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.BadConversation;
import dev.corral.conversation.Feedback;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.ImportedMessage;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyFacts;
import dev.corral.template.Message;
import dev.corral.template.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of the log that FastChat's web server writes ({@code fastchat/serve/gradio_web_server.py}): what happened, and the whole
 * conversation as it then was. Addresses of people are not taken over.
 */
final class FastChatFormat {

	private FastChatFormat() {
	}

	/** Whether the line tells of one conversation with one model; others tell of comparisons, or of nothing to take over. */
	static boolean holdsConversation(ObjectNode line) {
		return switch (line.path("type").asString("chat")) {
			case "chat", "upvote", "downvote" -> line.path("state").isObject();
			default -> false;
		};
	}

	/** Which conversation the line tells of; {@code null} if it does not say. */
	static @Nullable String conversation(ObjectNode line) {
		return Texts.of(line.path("state").path("conv_id"));
	}

	/** What the line says of the last reply so far; {@code null} if nothing. */
	static @Nullable Boolean vote(ObjectNode line) {
		return switch (line.path("type").asString("")) {
			case "upvote" -> true;
			case "downvote" -> false;
			default -> null;
		};
	}

	/** How many messages the line has, replies that did not come excluded. */
	static int messages(ObjectNode line) {
		int count = 0;
		for (var pair : line.path("state").path("messages")) {
			count += pair.path(1).isNull() ? 0 : 1;
		}
		return count;
	}

	/**
	 * @param votes what people thought of replies, by the number of messages up to them
	 * @throws BadConversation if it is none
	 */
	static ImportedConversation read(ObjectNode line, Map<Integer, Boolean> votes) {
		var state = line.path("state");
		var list = state.path("messages");
		if (!list.isArray()) {
			throw new BadConversation("its 'state' has no list 'messages'");
		}
		var system = Texts.of(state.path("system_message"));
		var model = Texts.of(line.path("model"));
		var created = Texts.time(line.path("start").isNumber() ? line.path("start") : line.path("tstamp"));
		var messages = new ArrayList<ImportedMessage>();
		// The first ones are examples that the template brings along.
		for (int index = Math.max(0, state.path("offset").asInt(0)); index < list.size(); index++) {
			var pair = list.get(index);
			if (pair.path(1).isNull()) {
				continue;
			}
			var role = role(state.path("roles"), pair.path(0), index);
			var vote = votes.get(index + 1);
			messages.add(new ImportedMessage(Integer.toString(index),
					messages.isEmpty() ? null : messages.getLast().key(), new Message(role, text(pair.path(1), index)),
					MessageStatus.COMPLETE,
					role == Role.ASSISTANT && model != null ? ReplyFacts.asked(model) : null,
					role == Role.ASSISTANT && vote != null ? new Feedback(vote, null) : null, null));
		}
		return ImportedConversation.of(null, model, system == null ? Texts.of(state.path("system")) : system, created,
				messages, messages.isEmpty() ? null : messages.getLast().key());
	}

	private static Role role(JsonNode roles, JsonNode name, int index) {
		if (name.isString() && name.equals(roles.path(0))) {
			return Role.USER;
		}
		if (name.isString() && name.equals(roles.path(1))) {
			return Role.ASSISTANT;
		}
		throw new BadConversation("its message %d is of none of its 'roles'".formatted(index));
	}

	/** A message with pictures is a list of its text and them. */
	private static String text(JsonNode content, int index) {
		var text = content.isArray() ? content.path(0) : content;
		if (!text.isString()) {
			throw new BadConversation("its message %d has no text".formatted(index));
		}
		return text.asString();
	}

}
