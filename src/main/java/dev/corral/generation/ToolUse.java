package dev.corral.generation;

import java.util.List;

import dev.corral.template.Tool;

/**
 * The tools of a request.
 *
 * @param tools empty if there are none
 * @param parallel whether one reply may call several
 */
public record ToolUse(List<Tool> tools, ToolChoice choice, boolean parallel) {

	/** No tools. */
	public static final ToolUse NONE = new ToolUse(List.of(), new ToolChoice.None(), false);

	public ToolUse {
		tools = List.copyOf(tools);
	}

	/** The tools that the reply may call. */
	List<Tool> callable() {
		return choice instanceof ToolChoice.None ? List.of() : tools;
	}

	/** Whether a reply without a call is none. */
	boolean mustCall() {
		return choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named;
	}

}
