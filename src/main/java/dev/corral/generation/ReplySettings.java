package dev.corral.generation;

import org.jspecify.annotations.Nullable;

import dev.corral.conversation.ReplyParameters;
import dev.corral.inference.OutputConstraint;

/**
 * How one reply is to be generated, where that differs from its conversation.
 *
 * @param model {@code null} takes the conversation's
 * @param system the system message; {@code null} takes the conversation's
 * @param parameters what they leave open is as the conversation says
 * @param constraint what the reply must look like unless it calls tools; {@code null} leaves it free
 * @param tools what the reply may call
 * @param truncates whether the middle of a newest message that is too long by itself is taken out, instead of an error
 */
public record ReplySettings(@Nullable String model, @Nullable String system, ReplyParameters parameters,
		@Nullable OutputConstraint constraint, ToolUse tools, boolean truncates) {

	/** As the conversation says. */
	public static final ReplySettings NONE = new ReplySettings(null, null, ReplyParameters.NONE, null, ToolUse.NONE,
			false);

	public ReplySettings withParameters(ReplyParameters parameters) {
		return new ReplySettings(model, system, parameters, constraint, tools, truncates);
	}

}
