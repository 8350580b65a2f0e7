package dev.corral.openai;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.generation.ChatRequest;
import dev.corral.generation.ToolUse;
import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.web.ApiSettings;
import dev.corral.web.JsonFields;
import dev.corral.web.SamplingParser;
import dev.corral.web.StopSequencesParser;

/**
 * Reads {@code CreateChatCompletionRequest} of the OpenAI API, without what this server does not do: a feature that would
 * change the reply is refused, a hint that would not and what is not known is ignored.
 */
@Component
class ChatCompletionParser {

	static final int MAX_SALT_CHARACTERS = 128;

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
		var conversation = messages.parse(fields);
		var chat = new ChatRequest(model, conversation, maxCompletionTokens(fields),
				SamplingParser.parse(fields), StopSequencesParser.parse(fields, "stop"), reply.engineLogprobs(),
				priority(fields),
				tenant(fields), cacheSalt(fields), ConstraintParser.parse(fields), ToolUse.NONE)
				.withRendering(RenderOptionsParser.parse(fields, conversation)).withCacheKey(cacheKey(fields));
		return new ChatCompletionRequest(chat, fields.flag("stream"),
				streamOptions != null && streamOptions.flag("include_usage"), reply,
				fields.flag("return_token_ids"));
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

	/** Here as in vLLM the lower number is served first; behind the edge it is the higher. */
	private static int priority(JsonFields fields) {
		var given = fields.integer("priority");
		int most = GenerationRequest.MAX_PRIORITY;
		if (given != null && (given < -most || given > most)) {
			throw fields.invalid("priority", "must be between %d and %d, but is %d".formatted(-most, most, given));
		}
		return given == null ? 0 : -given;
	}

	/** Of the API's two names for an end user, {@code safety_identifier} replaces {@code user}. */
	private static String tenant(JsonFields fields) {
		var identifier = fields.string("safety_identifier");
		var user = identifier == null ? fields.string("user") : identifier;
		return user == null ? "" : user;
	}

	/** vLLM's {@code cache_salt}: only requests with the same one may share cached prefixes. */
	private static String cacheSalt(JsonFields fields) {
		var salt = fields.string("cache_salt");
		if (salt != null && (salt.isEmpty() || salt.length() > MAX_SALT_CHARACTERS)) {
			throw fields.invalid("cache_salt",
					"must have 1 to %d characters, but has %d".formatted(MAX_SALT_CHARACTERS, salt.length()));
		}
		return salt == null ? "" : salt;
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
