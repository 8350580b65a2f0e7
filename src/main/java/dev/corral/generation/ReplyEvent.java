package dev.corral.generation;

import dev.corral.contextwindow.WindowReport;
import dev.corral.inference.GenerationEvent;

/**
 * What is told about a reply: the engine's events in their order, and between them the calls of tools, which are taken out of the
 * text. A call is begun before its arguments come, and its arguments are complete when the next one begins or the reply ends.
 */
public sealed interface ReplyEvent {

	/** An event of the engine; the text of its deltas is what is said, without calls. */
	record Generated(GenerationEvent event) implements ReplyEvent {
	}

	/** The conversation was fitted into the context window; once, before everything but that the request was admitted. */
	record Windowed(WindowReport report) implements ReplyEvent {
	}

	/**
	 * The reply calls a tool.
	 *
	 * @param index of the call within the reply, from 0
	 * @param id names the call
	 */
	record ToolCallBegun(int index, String id, String name) implements ReplyEvent {
	}

	/**
	 * More of a call's arguments; all parts together are one JSON object.
	 *
	 * @param part never empty
	 */
	record ToolCallArguments(int index, String part) implements ReplyEvent {
	}

}
