package dev.corral.conversation.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;

import dev.corral.conversation.ImportedConversation;
import dev.corral.conversation.ImportedMessage;

/** Finds branches of conversations that are not stored. */
final class Branches {

	private Branches() {
	}

	/** The active branch, from its first message on. */
	static List<ImportedMessage> active(ImportedConversation conversation) {
		var messages = new HashMap<String, ImportedMessage>();
		conversation.messages().forEach(message -> messages.put(message.key(), message));
		var branch = new ArrayList<ImportedMessage>();
		for (var key = conversation.leaf(); key != null;) {
			var message = messages.get(key);
			if (message == null) {
				break;
			}
			branch.add(message);
			key = message.parent();
		}
		Collections.reverse(branch);
		return branch;
	}

}
