package dev.corral.responses;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.ReplyParameters;
import dev.corral.generation.ToolUse;
import dev.corral.inference.InvalidParameter;
import dev.corral.responses.ResponseEcho.ConversationRef;
import dev.corral.responses.ResponseEcho.FunctionTool;
import dev.corral.responses.ResponseEcho.TextConfig;
import dev.corral.web.ApiSettings;
import dev.corral.web.FunctionTools;
import dev.corral.web.JsonFields;
import dev.corral.web.JsonItem;
import dev.corral.web.MetadataParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads {@code CreateResponse} of the OpenAI API, without what this server does not do: a feature that would change the response is
 * refused, a hint that would not and what is not known is ignored.
 */
@Component
class ResponsesParser {

	private static final int MAX_CACHE_KEY_CHARACTERS = 512;

	private final int maxItems;

	ResponsesParser(ApiSettings settings) {
		this.maxItems = settings.maxMessages();
	}

	/**
	 * @throws InvalidParameter naming the field that is missing, malformed, out of its range, not supported, or does not go with another
	 */
	ResponsesRequest parse(JsonFields fields) {
		refuse(fields);
		accept(fields);
		var origin = origin(fields);
		var format = TextFormat.parse(fields);
		var tools = FunctionTools.PLAIN.parse(fields);
		var parameters = ParametersParser.parse(fields);
		var echo = echo(fields, parameters, format, tools);
		check(fields, origin, parameters, echo);
		var user = echo.safetyIdentifier() == null ? echo.user() : echo.safetyIdentifier();
		return new ResponsesRequest(model(fields, origin), origin, input(fields, origin), parameters, format, tools,
				user == null ? "" : user, fields.flag("stream"), echo);
	}

	private static void check(JsonFields fields, Origin origin, ReplyParameters parameters, ResponseEcho echo) {
		if (echo.store()) {
			return;
		}
		if (echo.background()) {
			throw fields.invalid("background", "must be false where 'store' is: nobody could ask for the response");
		}
		if (origin instanceof Origin.Kept) {
			throw fields.invalid("store", "must be true with 'conversation', which keeps the response");
		}
		var window = parameters.window();
		if (window != null && window.summarises()) {
			throw fields.invalid("context_window",
					"must not be %s where 'store' is false: its summaries are kept with a stored conversation"
							.formatted(window.id()));
		}
	}

	private static @Nullable String model(JsonFields fields, Origin origin) {
		return origin instanceof Origin.Nothing ? fields.requiredString("model") : fields.string("model");
	}

	private List<InputItem> input(JsonFields fields, Origin origin) {
		return origin instanceof Origin.Kept && !fields.has("input")
				? List.of()
				: InputParser.parse(fields, "input", maxItems);
	}

	private static Origin origin(JsonFields fields) {
		var previous = fields.string("previous_response_id");
		if (!fields.has("conversation")) {
			return previous == null ? new Origin.Nothing() : new Origin.Previous(ApiIds.response(previous));
		}
		if (previous != null) {
			throw fields.invalid("previous_response_id", "must be absent where 'conversation' says what goes on");
		}
		return new Origin.Kept(ApiIds.conversation(conversation(fields)));
	}

	private static String conversation(JsonFields fields) {
		if (fields.isString("conversation")) {
			return fields.requiredString("conversation");
		}
		var object = fields.object("conversation");
		if (object == null) {
			throw fields.invalid("conversation", "must be an id or an object");
		}
		return object.requiredString("id");
	}

	private static ResponseEcho echo(JsonFields fields, ReplyParameters parameters, TextFormat format, ToolUse tools) {
		var metadata = MetadataParser.parse(fields);
		return new ResponseEcho(fields.flag("background"), fields.string("instructions"), parameters.maxTokens(),
				metadata == null ? Map.of() : metadata, fields.string("previous_response_id"),
				fields.has("conversation") ? new ConversationRef(conversation(fields)) : null,
				fields.flag("parallel_tool_calls", true), fields.flag("store", true),
				told(fields.number("temperature"), ResponseEcho.DEFAULT_TEMPERATURE),
				told(fields.number("top_p"), ResponseEcho.DEFAULT_TOP_P), new TextConfig(format), toolChoice(fields),
				tools.tools().stream().map(FunctionTool::of).toList(), truncation(parameters.window()),
				fields.string("user"), fields.string("safety_identifier"), cacheKey(fields));
	}

	/** A number as it was written, which a float is not. */
	private static double told(@Nullable Float number, double absent) {
		return number == null ? absent : Double.parseDouble(number.toString());
	}

	private static @Nullable String truncation(@Nullable WindowPolicy window) {
		if (window == null) {
			return null;
		}
		return window == WindowPolicy.STRICT ? "disabled" : "auto";
	}

	private static JsonNode toolChoice(JsonFields fields) {
		if (!fields.has("tool_choice")) {
			return JsonNodeFactory.instance.stringNode("auto");
		}
		return fields.isString("tool_choice")
				? JsonNodeFactory.instance.stringNode(fields.requiredString("tool_choice"))
				: fields.node("tool_choice");
	}

	private static @Nullable String cacheKey(JsonFields fields) {
		var key = fields.string("prompt_cache_key");
		if (key != null && key.length() > MAX_CACHE_KEY_CHARACTERS) {
			throw fields.invalid("prompt_cache_key",
					"may have at most %d characters, but has %d".formatted(MAX_CACHE_KEY_CHARACTERS, key.length()));
		}
		return key;
	}

	/** What a client would miss in the response if it were ignored. */
	private static void refuse(JsonFields fields) {
		if (fields.has("prompt")) {
			throw fields.invalid("prompt", "must be absent: this server keeps no prompts");
		}
		if (fields.has("moderation")) {
			throw fields.invalid("moderation", "must be absent: this server asks nobody else");
		}
		if (fields.has("context_management")) {
			throw fields.invalid("context_management", "must be absent: 'context_window' says what is done");
		}
		var likely = fields.integer("top_logprobs");
		if (likely != null && likely != 0) {
			throw fields.invalid("top_logprobs", "must be 0: chat completions tell log-probabilities");
		}
		var include = fields.array("include");
		if (include != null
				&& include.stream().map(JsonItem::string).anyMatch("message.output_text.logprobs"::equals)) {
			throw fields.invalid("include",
					"must not hold message.output_text.logprobs: chat completions tell log-probabilities");
		}
	}

	/** Hints, and what is about things that this server does not have. */
	private static void accept(JsonFields fields) {
		fields.object("reasoning");
		fields.string("service_tier");
		fields.integer("max_tool_calls");
		fields.object("stream_options");
		fields.string("prompt_cache_retention");
		fields.object("prompt_cache_options");
	}

}
