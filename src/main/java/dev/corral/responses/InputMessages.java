package dev.corral.responses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.corral.inference.InvalidParameter;
import dev.corral.responses.InputItem.Answered;
import dev.corral.responses.InputItem.Called;
import dev.corral.responses.InputItem.Reference;
import dev.corral.responses.InputItem.Said;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;

/** Makes messages of items. Calls are part of what the assistant said before them, or together are a message of their own. */
final class InputMessages {

	private final List<Message> messages = new ArrayList<>();

	private final Set<String> calls;

	private InputMessages(Set<String> calls) {
		this.calls = new HashSet<>(calls);
	}

	/**
	 * @param items without references
	 * @param calls identifiers of the calls in the messages before
	 * @throws InvalidParameter if an item answers a call that is not before it, or a call's identifier is taken
	 */
	static List<Message> of(List<InputItem> items, Set<String> calls) {
		var input = new InputMessages(calls);
		items.forEach(input::add);
		return List.copyOf(input.messages);
	}

	/** Whether an item answers a call that is not among these items, so that it must be in the messages before. */
	static boolean answersEarlierCalls(List<InputItem> items) {
		var own = new HashSet<String>();
		for (var item : items) {
			if (item instanceof Called called) {
				own.add(called.call().id());
			} else if (item instanceof Answered answered && !own.contains(answered.callId())) {
				return true;
			}
		}
		return false;
	}

	private void add(InputItem item) {
		switch (item) {
			case Said said -> messages.add(new Message(said.role(), said.text()));
			case Called called -> call(called.call());
			case Answered answered -> {
				if (!calls.contains(answered.callId())) {
					throw new InvalidParameter(answered.path() + ".call_id",
							"must be the 'call_id' of a call before it");
				}
				messages.add(new Message(Role.TOOL, answered.output(), List.of(), answered.callId()));
			}
			case Reference reference -> throw new IllegalStateException("unresolved " + reference);
		}
	}

	private void call(ToolCall call) {
		calls.add(call.id());
		if (messages.isEmpty() || messages.getLast().role() != Role.ASSISTANT) {
			messages.add(new Message(Role.ASSISTANT, "", List.of(call), null));
			return;
		}
		var said = messages.removeLast();
		var all = new ArrayList<>(said.toolCalls());
		all.add(call);
		messages.add(new Message(Role.ASSISTANT, said.content(), all, null));
	}

}
