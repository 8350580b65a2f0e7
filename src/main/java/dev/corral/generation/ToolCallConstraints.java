package dev.corral.generation;

import java.util.ArrayList;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.OutputConstraint;
import dev.corral.inference.OutputConstraint.Call;
import dev.corral.inference.OutputConstraint.Freedom;
import dev.corral.inference.OutputConstraint.Opening;
import dev.corral.template.Tool;
import dev.corral.template.ToolFormat;

/** What a reply that may call tools must look like. */
final class ToolCallConstraints {

	/** More than anyone calls at once; a model that calls without end is stopped. */
	static final int MOST_CALLS = 32;

	private ToolCallConstraints() {
	}

	/**
	 * @param use has tools, and its choice is not {@link ToolChoice.None}
	 * @param otherwise what the reply must look like if it calls none; {@code null} if it is free then
	 */
	static OutputConstraint of(ToolFormat format, ToolUse use, @Nullable OutputConstraint otherwise) {
		boolean must = use.mustCall();
		var calls = new ArrayList<Call>();
		for (var tool : use.tools()) {
			if (!(use.choice() instanceof ToolChoice.Named named) || named.tool().equals(tool.name())) {
				calls.add(call(format, tool, must));
			}
		}
		var openings = format.openings().stream().map(opening -> new Opening(opening.text(), opening.marker()))
				.toList();
		return new OutputConstraint.ToolCalls(openings, calls, format.separator(), format.closing(),
				mostCalls(format, use), freedom(format, must, otherwise), must ? null : otherwise, format.control());
	}

	private static Call call(ToolFormat format, Tool tool, boolean must) {
		return new Call(tool.field(), format.beforeName() + tool.name() + format.beforeArguments(), tool.parameters(),
				format.afterArguments(), must || tool.strict());
	}

	private static int mostCalls(ToolFormat format, ToolUse use) {
		return format.several() && use.parallel() && !(use.choice() instanceof ToolChoice.Named) ? MOST_CALLS : 1;
	}

	private static Freedom freedom(ToolFormat format, boolean must, @Nullable OutputConstraint otherwise) {
		if (must) {
			return Freedom.CALLS_ONLY;
		}
		return format.anywhere() && otherwise == null ? Freedom.CALLS_AFTER_TEXT : Freedom.CALLS_OR_TEXT;
	}

}
