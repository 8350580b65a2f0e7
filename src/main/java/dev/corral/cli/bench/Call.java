package dev.corral.cli.bench;

import java.util.List;

import dev.corral.template.Message;
import dev.corral.template.Role;

/**
 * One request of a workload.
 *
 * @param group what it is reported under
 * @param maxTokens length of the reply in tokens, where the target can be made to fill it
 * @param seed of the sampling
 * @param hangUpAfter hangs up after so many deltas; {@value #NEVER} stays to the end
 */
record Call(String group, List<Message> messages, int maxTokens, long seed, int hangUpAfter) {

	static final int NEVER = 0;

	Call {
		messages = List.copyOf(messages);
	}

	Call(String group, List<Message> messages, int maxTokens, long seed) {
		this(group, messages, maxTokens, seed, NEVER);
	}

	/** A first turn that begins with nothing but this message. */
	static Call of(String group, String message, int maxTokens, long seed) {
		return new Call(group, List.of(new Message(Role.USER, message)), maxTokens, seed);
	}

	Call hangingUpAfter(int deltas) {
		return new Call(group, messages, maxTokens, seed, deltas);
	}

}
