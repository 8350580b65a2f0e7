package dev.corral.generation;

/** Whether a reply calls tools. */
public sealed interface ToolChoice {

	/** The model decides. */
	record Auto() implements ToolChoice {
	}

	/** It calls none. */
	record None() implements ToolChoice {
	}

	/** It calls at least one. */
	record Required() implements ToolChoice {
	}

	/** It calls this one. */
	record Named(String tool) implements ToolChoice {
	}

}
