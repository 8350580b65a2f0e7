package dev.corral.openai;

import java.util.ArrayList;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;

/**
 * Reads what a reply must look like: {@code response_format} of the OpenAI API, and what other servers take beside it, which is
 * vLLM's {@code guided_json}, {@code guided_regex}, {@code guided_choice} and {@code guided_grammar}, and llama-server's
 * {@code grammar} and {@code json_schema}. Schemas, patterns and grammars are read by the engine.
 */
final class ConstraintParser {

	/** More choices than anyone writes; how long they may be together is the engine's to say. */
	static final int MAX_CHOICES = 10_000;

	private ConstraintParser() {
	}

	/**
	 * @return {@code null} if the reply is free
	 * @throws InvalidParameter if a field is malformed or more than one is given
	 */
	static @Nullable OutputConstraint parse(JsonFields fields) {
		return parse(fields, null);
	}

	/** @param calls what {@code guided_tool_calls} says, where that is read */
	static @Nullable OutputConstraint parse(JsonFields fields, OutputConstraint.@Nullable ToolCalls calls) {
		var given = new ArrayList<Given>();
		add(given, "response_format", responseFormat(fields.object("response_format")));
		add(given, "guided_json", schema(guidedJson(fields)));
		var regex = fields.string("guided_regex");
		add(given, "guided_regex", regex == null ? null : new OutputConstraint.Regex(regex));
		add(given, "guided_choice", choice(fields));
		add(given, "guided_grammar", grammar(fields.string("guided_grammar")));
		add(given, "grammar", grammar(fields.string("grammar")));
		add(given, "json_schema", schema(fields.schema("json_schema")));
		add(given, "guided_tool_calls", calls);
		if (given.size() > 1) {
			throw fields.invalid(given.get(1).field,
					"must be absent, for '%s' already says what the reply must look like"
							.formatted(given.get(0).field));
		}
		return given.isEmpty() ? null : given.getFirst().constraint;
	}

	private static void add(ArrayList<Given> given, String field, @Nullable OutputConstraint constraint) {
		if (constraint != null) {
			given.add(new Given(field, constraint));
		}
	}

	private static @Nullable OutputConstraint responseFormat(@Nullable JsonFields format) {
		if (format == null) {
			return null;
		}
		return switch (format.requiredString("type")) {
			case "text" -> null;
			case "json_object" -> jsonObject(format.schema("schema"));
			case "json_schema" -> namedSchema(format);
			default -> throw format.invalid("type", "must be one of text, json_object and json_schema");
		};
	}

	/** llama-server takes a schema here too. */
	private static OutputConstraint jsonObject(@Nullable String schema) {
		return schema == null ? new OutputConstraint.JsonObject() : new OutputConstraint.JsonSchema(schema);
	}

	/** The schema's name and description are for models that are told them; {@code strict} is what every reply here is. */
	private static OutputConstraint namedSchema(JsonFields format) {
		var named = format.object("json_schema");
		if (named == null) {
			throw format.invalid("json_schema", "is required");
		}
		named.string("name");
		named.flag("strict");
		var schema = schema(named.schema("schema"));
		if (schema == null) {
			throw named.invalid("schema", "is required");
		}
		return schema;
	}

	/** vLLM takes a schema as such and as text. */
	private static @Nullable String guidedJson(JsonFields fields) {
		return fields.isString("guided_json") ? fields.string("guided_json") : fields.schema("guided_json");
	}

	private static @Nullable OutputConstraint schema(@Nullable String schema) {
		return schema == null ? null : new OutputConstraint.JsonSchema(schema);
	}

	private static @Nullable OutputConstraint grammar(@Nullable String gbnf) {
		return gbnf == null ? null : new OutputConstraint.Grammar(gbnf);
	}

	private static @Nullable OutputConstraint choice(JsonFields fields) {
		var choices = fields.array("guided_choice");
		if (choices == null) {
			return null;
		}
		if (choices.isEmpty() || choices.size() > MAX_CHOICES) {
			throw fields.invalid("guided_choice",
					"must hold 1 to %d texts, but holds %d".formatted(MAX_CHOICES, choices.size()));
		}
		return new OutputConstraint.Choice(choices.stream().map(JsonItem::string).toList());
	}

	private record Given(String field, OutputConstraint constraint) {
	}

}
