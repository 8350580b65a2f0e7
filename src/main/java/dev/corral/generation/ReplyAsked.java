package dev.corral.generation;

import java.util.List;

import dev.corral.template.Message;

/**
 * A reply that is wanted in a stored conversation.
 *
 * @param said what is said before it, in order; empty to have another reply to a message that is there
 * @param waits what to do while another reply is written in the conversation: wait for its end, or fail with
 * {@link dev.corral.conversation.ReplyRunning}
 */
public record ReplyAsked(Attach attach, List<Message> said, ReplySettings settings, boolean waits) {

	public ReplyAsked {
		said = List.copyOf(said);
	}

}
