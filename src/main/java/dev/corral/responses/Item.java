package dev.corral.responses;

import java.util.ArrayList;
import java.util.List;

import dev.corral.conversation.MessageStatus;
import dev.corral.conversation.StoredMessage;
import dev.corral.inference.FinishReason;
import dev.corral.template.Message;
import dev.corral.template.Role;
import dev.corral.template.ToolCall;

/** What a conversation consists of for clients: {@code ItemResource} and {@code OutputItem} of the OpenAI API. */
sealed interface Item {

	/** {@code status} of what is whole. */
	String COMPLETED = "completed";

	String IN_PROGRESS = "in_progress";

	String INCOMPLETE = "incomplete";

	String id();

	/** The items that a stored message is: what was said, and each call of a tool. */
	static List<Item> of(StoredMessage stored) {
		var message = stored.message();
		return switch (message.role()) {
			case ASSISTANT -> output(ItemId.of(stored.id()), message, status(stored));
			case TOOL -> List.of(Output.of(ItemId.of(stored.id()), message));
			case SYSTEM, USER -> List.of(Input.of(ItemId.of(stored.id()), message));
		};
	}

	/** The items that a reply is. One that neither says anything nor calls a tool is an empty message. */
	static List<Item> output(ItemId id, Message reply, String status) {
		var items = new ArrayList<Item>();
		var calls = reply.toolCalls();
		if (!reply.content().isEmpty() || calls.isEmpty()) {
			items.add(Said.of(id, calls.isEmpty() ? status : COMPLETED, reply.content()));
		}
		for (int i = 0; i < calls.size(); i++) {
			items.add(Call.of(ItemId.ofCall(id.message(), i), i < calls.size() - 1 ? COMPLETED : status, calls.get(i)));
		}
		return items;
	}

	private static String status(StoredMessage stored) {
		var reply = stored.reply();
		return status(stored.status(), reply != null && reply.finishReason() == FinishReason.LENGTH);
	}

	/** @param cut whether the reply ended at its length */
	static String status(MessageStatus status, boolean cut) {
		return switch (status) {
			case QUEUED, IN_PROGRESS -> IN_PROGRESS;
			case COMPLETE -> cut ? INCOMPLETE : COMPLETED;
			case STOPPED, INTERRUPTED, FAILED -> INCOMPLETE;
		};
	}

	/** {@code InputMessageResource}: what somebody else than the assistant has said. */
	record Input(String id, String type, String status, String role, List<InputText> content) implements Item {

		private static Input of(ItemId id, Message message) {
			return new Input(id.toString(), "message", COMPLETED, message.role() == Role.USER ? "user" : "system",
					List.of(new InputText("input_text", message.content())));
		}

	}

	/** {@code InputTextContent}. */
	record InputText(String type, String text) {
	}

	/** {@code OutputMessage}: what the assistant says. */
	record Said(String id, String type, String status, String role, List<OutputText> content) implements Item {

		static Said of(ItemId id, String status, String text) {
			return new Said(id.toString(), "message", status, "assistant", List.of(OutputText.of(text)));
		}

		/** Before anything is said. */
		static Said begun(ItemId id) {
			return new Said(id.toString(), "message", IN_PROGRESS, "assistant", List.of());
		}

	}

	/** {@code OutputTextContent}; nothing here makes annotations or tells log-probabilities. */
	record OutputText(String type, List<Object> annotations, List<Object> logprobs, String text) {

		static OutputText of(String text) {
			return new OutputText("output_text", List.of(), List.of(), text);
		}

	}

	/** {@code FunctionToolCallResource}. */
	record Call(String id, String type, String status, String callId, String name, String arguments) implements Item {

		static Call of(ItemId id, String status, ToolCall call) {
			return new Call(id.toString(), "function_call", status, call.id(), call.name(), call.arguments());
		}

		/** Before its arguments come. */
		static Call begun(ItemId id, ToolCall call) {
			return new Call(id.toString(), "function_call", IN_PROGRESS, call.id(), call.name(), "");
		}

	}

	/** {@code FunctionToolCallOutputResource}: what a tool has answered. */
	record Output(String id, String type, String status, String callId, String output) implements Item {

		private static Output of(ItemId id, Message message) {
			return new Output(id.ofOutput(), "function_call_output", COMPLETED,
					message.toolCallId() == null ? "" : message.toolCallId(), message.content());
		}

	}

}
