package dev.corral.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rewrites a conversation for templates that know nothing of tools: tools, calls and results become plain text. All of that text counts
 * as typed, so nothing in it can become a control token.
 */
final class ToolMessages {

	private final ToolFormat format;

	/** Whether the template has a place for results of its own, or the user tells them. */
	private final Role teller;

	private final Map<String, String> nameOfCall = new HashMap<>();

	private final List<Message> written = new ArrayList<>();

	/** Whether the system messages are written already. */
	private boolean instructed;

	private ToolMessages(ToolFormat format, Role teller) {
		this.format = format;
		this.teller = teller;
	}

	/**
	 * The conversation with tools as text; the same if it has none.
	 *
	 * @param defaultSystem the system message of a conversation that brings none, may be empty
	 * @param teller whose messages tell results: {@link Role#TOOL} or {@link Role#USER}
	 */
	static List<Message> plain(List<Message> messages, List<Tool> tools, ToolFormat format, String defaultSystem,
			Role teller) {
		if (tools.isEmpty() && messages.stream().noneMatch(ToolMessages::usesTools)) {
			return messages;
		}
		var rewriting = new ToolMessages(format, teller);
		if (!tools.isEmpty()) {
			rewriting.instruct(messages, tools, defaultSystem);
		}
		messages.forEach(rewriting::add);
		return rewriting.written;
	}

	/** The same with one call in a message, each followed by its result, for templates that can write no more. */
	static List<Message> oneCallEach(List<Message> messages) {
		var single = new ArrayList<Message>();
		var results = new ArrayList<>(messages.stream().filter(message -> message.role() == Role.TOOL).toList());
		for (var message : messages) {
			if (message.toolCalls().size() > 1) {
				var content = message.content();
				for (var call : message.toolCalls()) {
					single.add(new Message(Role.ASSISTANT, content, List.of(call), null));
					content = "";
					results.stream().filter(result -> call.id().equals(result.toolCallId())).findFirst()
							.ifPresent(result -> {
								results.remove(result);
								single.add(result);
							});
				}
			} else if (message.role() != Role.TOOL || results.remove(message)) {
				single.add(message);
			}
		}
		return single;
	}

	private static boolean usesTools(Message message) {
		return message.role() == Role.TOOL || !message.toolCalls().isEmpty();
	}

	/** What the system message says comes before the tools, wherever it stands. */
	private void instruct(List<Message> messages, List<Tool> tools, String defaultSystem) {
		instructed = true;
		var system = messages.stream().filter(message -> message.role() == Role.SYSTEM).toList();
		if (system.isEmpty()) {
			written.add(new Message(Role.SYSTEM, defaultSystem));
		}
		written.addAll(system);
		var lines = tools.stream().map(tool -> PythonJson.write(tool.definition())).collect(Collectors.joining("\n"));
		written.add(new Message(Role.SYSTEM, format.instruction().replace("{tools}", lines)));
	}

	private void add(Message message) {
		if (message.role() == Role.TOOL) {
			addResult(message);
		} else if (!message.toolCalls().isEmpty()) {
			message.toolCalls().forEach(call -> nameOfCall.put(call.id(), call.name()));
			var calls = format.written(message.toolCalls());
			written.add(new Message(Role.ASSISTANT,
					message.content().isEmpty() ? calls : message.content() + "\n" + calls));
		} else if (!instructed || message.role() != Role.SYSTEM) {
			written.add(message);
		}
	}

	private void addResult(Message message) {
		var name = nameOfCall.getOrDefault(String.valueOf(message.toolCallId()), "the function");
		int at = format.result().indexOf("{content}");
		var result = format.result().substring(0, at).replace("{name}", name) + message.content()
				+ format.result().substring(at + "{content}".length());
		written.add(new Message(teller, result));
	}

}
