package dev.corral.template;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The messages of a conversation in the order in which every template can write them: one system message, then user and
 * assistant in turn, with what tools were asked and answered between them.
 *
 * @param system {@code null} if the conversation brings none, empty if it brings an empty one
 * @param turns no two neighbours of plain text have the same role, none is a system message
 */
record Transcript(@Nullable String system, List<Message> turns) {

	private static final String BETWEEN_MESSAGES = "\n\n";

	static Transcript of(List<Message> messages) {
		List<Message> system = messages.stream().filter(message -> message.role() == Role.SYSTEM).toList();
		var turns = new ArrayList<Message>();
		for (Message message : messages) {
			if (message.role() == Role.SYSTEM) {
				continue;
			}
			if (!turns.isEmpty() && canJoin(turns.getLast(), message)) {
				String joined = join(Stream.of(turns.removeLast().content(), message.content()));
				turns.add(new Message(message.role(), joined));
			} else {
				turns.add(message);
			}
		}
		return new Transcript(system.isEmpty() ? null : join(system.stream().map(Message::content)),
				List.copyOf(turns));
	}

	/** Each call and each result of a tool is a message of its own. */
	private static boolean canJoin(Message first, Message second) {
		return first.role() == second.role() && first.role() != Role.TOOL && first.toolCalls().isEmpty()
				&& second.toolCalls().isEmpty();
	}

	/** The same for a template that knows no system message: it becomes the beginning of the first user message. */
	Transcript withSystemInFirstUser() {
		if (system == null || system.isEmpty()) {
			return new Transcript(null, turns);
		}
		var folded = new ArrayList<>(turns);
		int first = 0;
		while (first < folded.size() && folded.get(first).role() != Role.USER) {
			first++;
		}
		if (first == folded.size()) {
			folded.addFirst(new Message(Role.USER, system));
		} else {
			folded.set(first, new Message(Role.USER, join(Stream.of(system, folded.get(first).content()))));
		}
		return new Transcript(null, List.copyOf(folded));
	}

	private static String join(Stream<String> contents) {
		return contents.filter(content -> !content.isEmpty()).collect(Collectors.joining(BETWEEN_MESSAGES));
	}

}
