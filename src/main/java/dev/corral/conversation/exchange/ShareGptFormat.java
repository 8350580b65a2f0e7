package dev.corral.conversation.exchange;

import java.util.ArrayList;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.BadConversation;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.ImportedMessage;
import dev.corral.template.Message;
import dev.corral.template.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Conversations as training data: one branch, and little beside what was said. */
final class ShareGptFormat {

	private static final JsonMapper JSON = new JsonMapper();

	private ShareGptFormat() {
	}

	/** @throws BadConversation if it is none */
	static ImportedConversation read(ObjectNode record) {
		var list = record.path("conversations").isArray() ? record.path("conversations") : record.path("messages");
		if (!list.isArray()) {
			throw new BadConversation("it has no list 'conversations'");
		}
		var messages = new ArrayList<ImportedMessage>();
		var system = new StringBuilder();
		if (record.path("system").isString()) {
			system.append(record.path("system").asString());
		}
		for (int index = 0; index < list.size(); index++) {
			var message = message(list.get(index), index);
			if (message.role() == Role.SYSTEM) {
				system.append(system.isEmpty() ? "" : "\n\n").append(message.content());
			} else {
				messages.add(new ImportedMessage(Integer.toString(index),
						messages.isEmpty() ? null : messages.getLast().key(), message));
			}
		}
		return ImportedConversation.of(Texts.of(record.path("title")), Texts.of(record.path("model")),
				system.isEmpty() ? null : system.toString(), Texts.time(record.path("create_time")), messages,
				messages.isEmpty() ? null : messages.getLast().key());
	}

	private static Message message(JsonNode node, int index) {
		var from = node.has("from") ? node.path("from") : node.path("role");
		var value = node.has("value") ? node.path("value") : node.path("content");
		if (!from.isString() || !value.isString()) {
			throw new BadConversation("its message %d has no texts 'from' and 'value'".formatted(index));
		}
		return new Message(switch (from.asString().toLowerCase(Locale.ROOT)) {
			case "human", "user" -> Role.USER;
			case "gpt", "assistant", "chatgpt", "bing", "bard", "model" -> Role.ASSISTANT;
			case "system" -> Role.SYSTEM;
			default -> throw new BadConversation("its message %d is of an unknown role".formatted(index));
		}, value.asString());
	}

	/** The active branch on one line, without what tools were asked and have answered. */
	static String write(@Nullable String id, ImportedConversation conversation) {
		var record = JSON.createObjectNode();
		if (id != null) {
			record.put("id", id);
		}
		if (conversation.title() != null) {
			record.put("title", conversation.title());
		}
		if (conversation.model() != null) {
			record.put("model", conversation.model());
		}
		var list = record.putArray("conversations");
		if (conversation.system() != null) {
			list.addObject().put("from", "system").put("value", conversation.system());
		}
		for (var message : Branches.active(conversation)) {
			var said = message.message();
			if (said.role() == Role.USER || said.role() == Role.ASSISTANT && !said.content().isEmpty()) {
				list.addObject().put("from", said.role() == Role.USER ? "human" : "gpt").put("value", said.content());
			}
		}
		return JSON.writeValueAsString(record);
	}

}
