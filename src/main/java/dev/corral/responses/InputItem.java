package dev.corral.responses;

import dev.corral.template.Role;
import dev.corral.template.ToolCall;

/** One item of what a client adds to a conversation. */
sealed interface InputItem {

	/** Somebody says something. */
	record Said(Role role, String text) implements InputItem {
	}

	/** The assistant has called a tool. */
	record Called(ToolCall call) implements InputItem {
	}

	/**
	 * A tool has answered a call.
	 *
	 * @param path of the item in the request
	 */
	record Answered(String callId, String output, String path) implements InputItem {
	}

	/** The same as an item that is stored. */
	record Reference(ItemId id) implements InputItem {
	}

}
