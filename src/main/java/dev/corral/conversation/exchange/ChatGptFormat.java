package dev.corral.conversation.exchange;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.BadConversation;
import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.ImportedMessage;
import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.ReplyFacts;
import dev.corral.conversation.ReplyParameters;
import dev.corral.template.Message;
import dev.corral.template.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation of ChatGPT's export: a tree of nodes, each with its parent and perhaps with a message. What people and the model said to
 * each other is taken over, with all branches. Nodes that are hidden, empty, or between the model and a tool are passed over: what
 * follows on them then follows on what they followed.
 */
final class ChatGptFormat {

	private static final String ATTACHMENT = "[attachment]";

	private final ObjectNode record;

	private final Map<String, JsonNode> nodes = new LinkedHashMap<>();

	/** Children by the key of their parent, in the order of their making; the empty key holds the first ones. */
	private final Map<String, List<String>> children = new HashMap<>();

	private final List<ImportedMessage> messages = new ArrayList<>();

	/** The message that each node is or, if it was passed over, comes behind; none for nodes before all messages. */
	private final Map<String, String> kept = new HashMap<>();

	private @Nullable String system;

	private ChatGptFormat(ObjectNode record) {
		this.record = record;
	}

	/** @throws BadConversation if it is none */
	static ImportedConversation read(ObjectNode record) {
		if (!record.path("mapping").isObject()) {
			throw new BadConversation("it has no object 'mapping'");
		}
		return new ChatGptFormat(record).read();
	}

	private ImportedConversation read() {
		record.path("mapping").properties().forEach(entry -> nodes.put(entry.getKey(), entry.getValue()));
		nodes.forEach((key, node) -> children.computeIfAbsent(parent(node), _ -> new ArrayList<>()).add(key));
		children.values().forEach(siblings -> siblings.sort(Comparator.comparing(this::time)));
		var waiting = new ArrayDeque<>(children.getOrDefault("", List.of()));
		while (!waiting.isEmpty()) {
			var key = waiting.pop();
			take(key, nodes.getOrDefault(key, record));
			children.getOrDefault(key, List.of()).reversed().forEach(waiting::push);
		}
		return new ImportedConversation(Texts.of(record.path("title")), Texts.of(record.path("default_model_slug")),
				system, ReplyParameters.NONE, false, record.path("is_archived").asBoolean(false), Map.of(),
				Texts.time(record.path("create_time")), Texts.time(record.path("update_time")), messages, leaf());
	}

	/** A parent that is not there makes a node a first one. */
	private String parent(JsonNode node) {
		var parent = node.path("parent").asString("");
		return nodes.containsKey(parent) ? parent : "";
	}

	private Instant time(String key) {
		var time = Texts.time(nodes.getOrDefault(key, record).path("message").path("create_time"));
		return time == null ? Instant.EPOCH : time;
	}

	private @Nullable String leaf() {
		var current = kept.get(record.path("current_node").asString(""));
		return current != null || messages.isEmpty() ? current : messages.getLast().key();
	}

	private void take(String key, JsonNode node) {
		var behind = kept.get(parent(node));
		var message = message(node.path("message"));
		if (message == null) {
			if (behind != null) {
				kept.put(key, behind);
			}
			return;
		}
		if (message.role() == Role.SYSTEM) {
			system = system == null ? message.content() : system;
			return;
		}
		kept.put(key, key);
		messages.add(imported(key, behind, message, node.path("message")));
	}

	private static ImportedMessage imported(String key, @Nullable String parent, Message message, JsonNode node) {
		var model = Texts.of(node.path("metadata").path("model_slug"));
		boolean interrupted = node.path("status").asString("").equals("in_progress");
		return new ImportedMessage(key, parent, message,
				interrupted ? MessageStatus.INTERRUPTED : MessageStatus.COMPLETE,
				message.role() == Role.ASSISTANT && model != null ? ReplyFacts.asked(model) : null, null,
				Texts.time(node.path("create_time")));
	}

	/** {@code null} for what people do not see. */
	private static @Nullable Message message(JsonNode node) {
		if (!node.isObject() || node.path("metadata").path("is_visually_hidden_from_conversation").asBoolean(false)
				|| !node.path("recipient").asString("all").equals("all")) {
			return null;
		}
		var text = text(node.path("content"));
		if (text.isBlank()) {
			return null;
		}
		return switch (node.path("author").path("role").asString("")) {
			case "user" -> new Message(Role.USER, text);
			case "assistant" -> new Message(Role.ASSISTANT, text);
			case "system" -> new Message(Role.SYSTEM, text);
			default -> null;
		};
	}

	private static String text(JsonNode content) {
		return switch (content.path("content_type").asString("")) {
			case "text", "multimodal_text" -> StreamSupport.stream(content.path("parts").spliterator(), false)
					.map(part -> part.isString() ? part.asString() : part.path("text").asString(ATTACHMENT))
					.filter(part -> !part.isEmpty()).collect(Collectors.joining("\n\n"));
			case "code" -> "```\n" + content.path("text").asString("") + "\n```";
			default -> "";
		};
	}

}
