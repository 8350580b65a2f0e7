package dev.corral.template;

import java.util.List;

/** Conversations for tests, by the names that {@code jinja-renderings.yml} uses. */
final class Conversations {

	static final List<Message> PLAIN = List.of(user("Hello!"), assistant("Hi!"), user("How are you?"));
	static final List<Message> SYSTEM = List.of(system("Be brief."), user("Hello!"), assistant("Hi!"),
			user("How are you?"));
	static final List<Message> SPACES = List.of(system(" Be brief.\n"), user("  Hello!\n\n"), assistant(" Hi! "),
			user("\tHow are\n you? "));
	static final List<Message> NO_SYSTEM_TEXT = List.of(system(""), user("Hello!"));
	static final List<Message> EMPTY_REPLY = List.of(user("Hello!"), assistant(""), user("How are you?"));
	static final List<Message> REASONING = List.of(user("Hello!"),
			assistant("<think>\nA greeting.\n</think>\n\nHi!"), user("How are you?"));

	private Conversations() {
	}

	static List<Message> named(String name) {
		return switch (name) {
			case "plain" -> PLAIN;
			case "system" -> SYSTEM;
			case "spaces" -> SPACES;
			case "no-system-text" -> NO_SYSTEM_TEXT;
			case "empty-reply" -> EMPTY_REPLY;
			case "reasoning" -> REASONING;
			default -> throw new IllegalArgumentException(name);
		};
	}

	static Message system(String content) {
		return new Message(Role.SYSTEM, content);
	}

	static Message user(String content) {
		return new Message(Role.USER, content);
	}

	static Message assistant(String content) {
		return new Message(Role.ASSISTANT, content);
	}

}
