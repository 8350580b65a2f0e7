package dev.corral.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.corral.template.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation of a ShareGPT file: messages of {@code from} and {@code value} in {@code conversations}, or of {@code role} and
 * {@code content} in {@code messages}. Everything else in it, and in its messages, is carried along.
 */
final class ShareGptRecord {

	private static final String BETWEEN_MESSAGES = "\n\n";

	private final ObjectNode record;

	private final String messagesName;

	private final ArrayNode messages;

	private final String roleName;

	private final String textName;

	private final List<ObjectNode> systemMessages = new ArrayList<>();

	private final List<Turn> turns = new ArrayList<>();

	private final String id;

	private int withoutQuestion;

	/**
	 * @param number stands in for a missing id
	 * @throws BadRecord if it is something else
	 */
	ShareGptRecord(ObjectNode record, long number) {
		this.record = record;
		messagesName = record.path("conversations").isArray() ? "conversations" : "messages";
		if (!(record.path(messagesName) instanceof ArrayNode array)) {
			throw new BadRecord("it has no list 'conversations'");
		}
		messages = array;
		boolean shareGpt = array.path(0).has("from");
		roleName = shareGpt ? "from" : "role";
		textName = shareGpt ? "value" : "content";
		var given = record.path("id");
		id = given.isString() || given.isNumber() ? given.asString() : Long.toString(number);
		for (int index = 0; index < array.size(); index++) {
			read(array.get(index), index);
		}
	}

	private void read(JsonNode node, int index) {
		if (!(node instanceof ObjectNode message) || !message.path(roleName).isString()
				|| !message.path(textName).isString()) {
			throw new BadRecord("its message %d has no texts '%s' and '%s'".formatted(index, roleName, textName));
		}
		var role = role(message.path(roleName).asString(), index);
		if (role == Role.SYSTEM) {
			if (!turns.isEmpty() || withoutQuestion > 0) {
				throw new BadRecord("its message %d is a system message behind others".formatted(index));
			}
			systemMessages.add(message);
		} else {
			add(new Turn(role, message.path(textName).asString(), index));
		}
	}

	private void add(Turn turn) {
		if (turns.isEmpty() && turn.role() == Role.ASSISTANT) {
			withoutQuestion++;
		} else if (!turns.isEmpty() && turns.getLast().role() == turn.role()) {
			var last = turns.removeLast();
			turns.add(last.withText(last.text() + BETWEEN_MESSAGES + turn.text()));
		} else {
			turns.add(turn);
		}
	}

	private static Role role(String name, int index) {
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "human", "user" -> Role.USER;
			case "gpt", "assistant", "chatgpt", "bing", "bard", "model" -> Role.ASSISTANT;
			case "system" -> Role.SYSTEM;
			default -> throw new BadRecord("its message %d is of an unknown role '%s'".formatted(index,
					name.length() <= 32 ? name : name.substring(0, 32) + "…"));
		};
	}

	/** User and assistant in turn, the user first; neighbours of one role are one turn, with an empty line between. */
	List<Turn> turns() {
		return List.copyOf(turns);
	}

	/** Replies in front that nobody asked for, which are no turns. */
	int withoutQuestion() {
		return withoutQuestion;
	}

	/** {@code null} if it brings none. */
	@Nullable
	String system() {
		var texts = new ArrayList<String>();
		if (record.path("system").isString()) {
			texts.add(record.path("system").asString());
		}
		systemMessages.forEach(message -> texts.add(message.path(textName).asString()));
		return texts.isEmpty() ? null : String.join(BETWEEN_MESSAGES, texts);
	}

	/** The record with the messages of a piece for its own, and an id that tells where the piece begins. */
	ObjectNode with(List<Turn> piece) {
		var all = JsonNodeFactory.instance.arrayNode();
		systemMessages.forEach(all::add);
		piece.forEach(turn -> all.add(message(turn)));
		var copy = JsonNodeFactory.instance.objectNode();
		copy.put("id", pieceId(piece));
		record.properties().forEach(field -> {
			if (!field.getKey().equals("id")) {
				copy.set(field.getKey(), field.getKey().equals(messagesName) ? all : field.getValue());
			}
		});
		return copy;
	}

	private String pieceId(List<Turn> piece) {
		var first = piece.stream().filter(turn -> turn.source() != Turn.NOWHERE).findFirst().orElseThrow();
		return first.part() == 0
				? "%s_%d".formatted(id, first.source())
				: "%s_%d.%d".formatted(id, first.source(), first.part());
	}

	private ObjectNode message(Turn turn) {
		var message = turn.source() == Turn.NOWHERE
				? JsonNodeFactory.instance.objectNode().put(roleName, roleName.equals("from") ? "human" : "user")
				: ((ObjectNode) messages.get(turn.source())).deepCopy();
		return message.put(textName, turn.text());
	}

}
