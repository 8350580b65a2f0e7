package dev.corral.generation;

import java.util.List;

import dev.corral.contextwindow.SizedMessage;
import dev.corral.conversation.ConversationId;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Owner;

/**
 * What a reply in a stored conversation will be made from.
 *
 * @param request without the messages of the conversation, but with its system message
 * @param branch the stored messages that go before, from the first on
 * @param saidTokens tokens of what is said after them and not stored yet, one for each message
 * @param sizes of all these messages
 */
record ReplyPlan(Owner owner, ConversationId conversation, ChatModel model, ChatRequest request, List<MessageId> branch,
		List<Integer> saidTokens, List<SizedMessage> sizes, PlannedWindow window) {

	/** About how many tokens the prompt will have: those of its messages, as far as the window holds them. */
	int promptTokens() {
		int all = sizes.stream().mapToInt(SizedMessage::tokens).sum();
		return Math.min(all, model.contextTokens());
	}

	/** How many requests wait for the model by now. */
	int waiting() {
		return model.engine().load().waiting();
	}

}
