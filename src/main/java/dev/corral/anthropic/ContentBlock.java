package dev.corral.anthropic;

import java.util.Map;

/** A part of a reply's content. */
sealed interface ContentBlock {

	record Text(String type, String text) implements ContentBlock {

		static Text of(String text) {
			return new Text("text", text);
		}

	}

	/**
	 * A wish to have a tool called.
	 *
	 * @param input a JSON object
	 */
	record ToolUse(String type, String id, String name, Object input) implements ContentBlock {

		/** At the beginning of a stream, where the input is still to come. */
		static ToolUse begun(String id, String name) {
			return of(id, name, Map.of());
		}

		static ToolUse of(String id, String name, Object input) {
			return new ToolUse("tool_use", id, name, input);
		}

	}

}
