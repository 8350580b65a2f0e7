package dev.corral.cli.bench;

import java.util.ArrayList;
import java.util.List;

import dev.corral.template.Message;
import dev.corral.template.Role;

/** A conversation that grows by turns; replies are sent back as they came. One thread at a time may use it. */
final class Conversation {

	private final long id;

	private final List<Message> messages = new ArrayList<>();

	Conversation(long id) {
		this.id = id;
	}

	/** One that was held before. */
	Conversation(long id, List<Message> messages) {
		this(id);
		this.messages.addAll(messages);
	}

	synchronized List<Message> messages() {
		return List.copyOf(messages);
	}

	/** Says something and takes the reply in; a turn without a complete reply leaves no trace. */
	synchronized Sample turn(Session session, String group, int messageTokens) {
		int turn = messages.size() / 2;
		var load = session.load();
		messages.add(new Message(Role.USER, session.prompts().text(messageTokens, Prompts.MESSAGE, id, turn)));
		var sample = session.ask(new Call(group, messages, load.maxTokens(), load.seed() + id * 1009 + turn));
		if (sample.complete()) {
			messages.add(new Message(Role.ASSISTANT, sample.text()));
		} else {
			messages.removeLast();
		}
		return sample;
	}

}
