package dev.corral.openai;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.OutputConstraint.Call;
import dev.corral.inference.OutputConstraint.Freedom;
import dev.corral.inference.OutputConstraint.Opening;
import dev.corral.inference.OutputConstraint.ToolCalls;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;

/**
 * Reads {@code guided_tool_calls}, Corral's own field for {@link ToolCalls}: what a chat completion makes of its tools, for a reply whose
 * template was applied elsewhere. How long the texts may be together is the engine's to say.
 */
final class GuidedToolCallsParser {

	/** Far more than a request for a chat completion may have. */
	static final int MAX_ITEMS = 1024;

	private GuidedToolCallsParser() {
	}

	/**
	 * @return {@code null} if the field is absent
	 * @throws InvalidParameter naming the part that is missing, malformed or out of its range
	 */
	static @Nullable ToolCalls parse(JsonFields fields) {
		var calls = fields.object("guided_tool_calls");
		if (calls == null) {
			return null;
		}
		var most = calls.integer("most_calls");
		if (most == null || most < 1) {
			throw calls.invalid("most_calls", "must be 1 or more, but is " + most);
		}
		var controlTokens = calls.array("control_tokens");
		return new ToolCalls(items(calls, "openings", GuidedToolCallsParser::opening),
				items(calls, "calls", GuidedToolCallsParser::call), calls.requiredString("separator"),
				calls.requiredString("closing"), most, freedom(calls), otherwise(calls),
				controlTokens == null ? List.of() : controlTokens.stream().map(JsonItem::string).toList());
	}

	private static @Nullable OutputConstraint otherwise(JsonFields calls) {
		var fields = calls.object("otherwise");
		if (fields == null) {
			return null;
		}
		if (freedom(calls) != Freedom.CALLS_OR_TEXT) {
			throw calls.invalid("otherwise", "must be absent unless 'freedom' is calls_or_text");
		}
		return ConstraintParser.parse(fields);
	}

	private static <T> List<T> items(JsonFields fields, String name, Function<JsonFields, T> item) {
		var items = fields.requiredArray(name);
		if (items.isEmpty() || items.size() > MAX_ITEMS) {
			throw fields.invalid(name, "must hold 1 to %d items, but holds %d".formatted(MAX_ITEMS, items.size()));
		}
		return items.stream().map(JsonItem::fields).map(item).toList();
	}

	private static Opening opening(JsonFields opening) {
		return new Opening(opening.requiredString("text"), opening.requiredString("marker"));
	}

	private static Call call(JsonFields call) {
		return new Call(call.requiredString("parameter"), call.requiredString("before"), call.requiredString("schema"),
				call.requiredString("after"), call.flag("strict"));
	}

	private static Freedom freedom(JsonFields calls) {
		var name = calls.requiredString("freedom");
		return Arrays.stream(Freedom.values())
				.filter(freedom -> freedom.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
				.orElseThrow(() -> calls.invalid("freedom",
						"must be one of calls_only, calls_or_text and calls_after_text"));
	}

}
