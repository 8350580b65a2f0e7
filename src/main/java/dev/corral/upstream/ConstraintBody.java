package dev.corral.upstream;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.OutputConstraint;
import dev.corral.inference.OutputConstraint.Choice;
import dev.corral.inference.OutputConstraint.Grammar;
import dev.corral.inference.OutputConstraint.JsonObject;
import dev.corral.inference.OutputConstraint.JsonSchema;
import dev.corral.inference.OutputConstraint.Regex;
import dev.corral.inference.OutputConstraint.ToolCalls;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a reply must look like, under vLLM's names, and Corral's own for calls of tools. */
final class ConstraintBody {

	private ConstraintBody() {
	}

	static void write(@Nullable OutputConstraint constraint, ObjectNode body) {
		switch (constraint) {
			case null -> {
			}
			case JsonObject() -> body.putObject("response_format").put("type", "json_object");
			case JsonSchema(String schema) -> body.put("guided_json", schema);
			case Regex(String pattern) -> body.put("guided_regex", pattern);
			case Choice choice -> {
				var choices = body.putArray("guided_choice");
				choice.choices().forEach(choices::add);
			}
			case Grammar(String gbnf) -> body.put("guided_grammar", gbnf);
			case ToolCalls calls -> write(calls, body.putObject("guided_tool_calls"));
		}
	}

	private static void write(ToolCalls calls, ObjectNode body) {
		var openings = body.putArray("openings");
		calls.openings().forEach(
				opening -> openings.addObject().put("text", opening.text()).put("marker", opening.marker()));
		var tools = body.putArray("calls");
		calls.calls()
				.forEach(call -> tools.addObject().put("parameter", call.parameter()).put("before", call.before())
						.put("schema", call.schema()).put("after", call.after()).put("strict", call.strict()));
		body.put("separator", calls.separator()).put("closing", calls.closing()).put("most_calls", calls.mostCalls())
				.put("freedom", calls.freedom().name().toLowerCase(Locale.ROOT));
		if (calls.otherwise() != null) {
			write(calls.otherwise(), body.putObject("otherwise"));
		}
		var controlTokens = body.putArray("control_tokens");
		calls.controlTokens().forEach(controlTokens::add);
	}

}
