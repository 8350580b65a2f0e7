package dev.corral.openai;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.generation.ChatRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.ApiSettings;
import dev.corral.web.FunctionTools;
import dev.corral.web.JsonFields;
import dev.corral.web.MetadataParser;
import dev.corral.web.SamplingParser;
import dev.corral.web.StopSequencesParser;

/**
 * Reads {@code CreateChatCompletionRequest} of the OpenAI API, without what this server does not do: a feature that would
 * change the reply is refused, a hint that would not and what is not known is ignored.
 */
@Component
class ChatCompletionParser {

	static final int MAX_CACHE_KEY_CHARACTERS = 512;

	private final MessageParser messages;

	ChatCompletionParser(ApiSettings settings) {
		this.messages = new MessageParser(settings.maxMessages());
	}

	/**
	 * @throws InvalidParameter naming the field that is missing, malformed, out of its range or not supported
	 */
	ChatCompletionRequest parse(JsonFields fields) {
		return parse(fields, fields.requiredString("model"));
	}

	/** The same with the name of a model that stands elsewhere. */
	ChatCompletionRequest parse(JsonFields fields, String model) {
		UnsupportedFeatures.refuse(fields);
		IgnoredFields.check(fields);
		var streamOptions = fields.object("stream_options");
		var reply = ReplyOptions.parse(fields);
		var serving = ServingOptions.parse(fields);
		var conversation = messages.parse(fields);
		var constraint = ConstraintParser.parse(fields);
		var tools = FunctionTools.WRAPPED.parse(fields);
		var chat = new ChatRequest(model, conversation, maxCompletionTokens(fields),
				SamplingParser.parse(fields), StopSequencesParser.parse(fields, "stop"), reply.engineLogprobs(),
				serving.priority(), serving.tenant(), serving.cacheSalt(), constraint, tools)
				.withRendering(RenderOptionsParser.parse(fields, conversation)).withCacheKey(cacheKey(fields))
				.withWindow(window(fields));
		return new ChatCompletionRequest(chat, fields.flag("stream"),
				streamOptions != null && streamOptions.flag("include_usage"), reply,
				fields.flag("return_token_ids"), kept(fields));
	}

	/** {@code max_tokens} is the older name of {@code max_completion_tokens}, which wins. */
	private static @Nullable Integer maxCompletionTokens(JsonFields fields) {
		var deprecated = positive(fields, "max_tokens");
		var current = positive(fields, "max_completion_tokens");
		return current == null ? deprecated : current;
	}

	private static @Nullable Integer positive(JsonFields fields, String name) {
		var value = fields.integer(name);
		if (value != null && value < 1) {
			throw fields.invalid(name, "must be 1 or more, but is " + value);
		}
		return value;
	}

	private static @Nullable Map<String, String> kept(JsonFields fields) {
		var metadata = MetadataParser.parse(fields);
		if (!fields.flag("store")) {
			return null;
		}
		return metadata == null ? Map.of() : metadata;
	}

	/** What is done if the messages do not fit. */
	private static @Nullable WindowPolicy window(JsonFields fields) {
		var given = fields.string("context_window");
		if (given == null) {
			return null;
		}
		var policy = WindowPolicy.of("context_window", given);
		if (policy.summarises()) {
			throw fields.invalid("context_window",
					"must not be %s here: its summaries are kept with a stored conversation".formatted(given));
		}
		return policy;
	}

	/** A hint to whoever chooses among replicas; the prefix cache of each finds what is shared without it. */
	private static String cacheKey(JsonFields fields) {
		var key = fields.string("prompt_cache_key");
		if (key != null && key.length() > MAX_CACHE_KEY_CHARACTERS) {
			throw fields.invalid("prompt_cache_key",
					"may have at most %d characters, but has %d".formatted(MAX_CACHE_KEY_CHARACTERS, key.length()));
		}
		return key == null ? "" : key;
	}

}
