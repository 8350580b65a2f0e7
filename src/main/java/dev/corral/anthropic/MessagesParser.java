package dev.corral.anthropic;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.corral.generation.ChatRequest;
import dev.corral.inference.InvalidParameter;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.SamplingParameters;
import dev.corral.web.ApiSettings;
import dev.corral.web.JsonFields;
import dev.corral.web.SamplingParser;
import dev.corral.web.StopSequencesParser;

/**
 * Reads {@code CreateMessageParams} of the Anthropic API. Fields that are hints there or unknown here are ignored, for the clients of this
 * API send many; {@code docs/anthropic-compatibility.md} lists them.
 */
@Component
class MessagesParser {

	private static final Set<String> THINKING = Set.of("enabled", "disabled", "adaptive");

	private final ConversationParser conversation;

	MessagesParser(ApiSettings settings) {
		this.conversation = new ConversationParser(settings.maxMessages());
	}

	/**
	 * @throws InvalidParameter naming the field that is missing, malformed, out of its range or not supported
	 */
	MessagesRequest parse(JsonFields body) {
		if (!body.has("max_tokens")) {
			throw body.invalid("max_tokens", "is required");
		}
		return new MessagesRequest(chat(body), body.flag("stream"));
	}

	/** What only its prompt matters of: {@code CountMessageTokensParams}. */
	ChatRequest parsePrompt(JsonFields body) {
		return chat(body);
	}

	private static @Nullable Integer maxTokens(JsonFields body) {
		var maxTokens = body.integer("max_tokens");
		if (maxTokens != null && maxTokens < 1) {
			throw body.invalid("max_tokens", "must be 1 or more, but is " + maxTokens);
		}
		return maxTokens;
	}

	private ChatRequest chat(JsonFields body) {
		checkThinking(body.object("thinking"));
		var servers = body.array("mcp_servers");
		if (servers != null && !servers.isEmpty()) {
			throw body.invalid("mcp_servers", "must be absent: this server calls no others");
		}
		body.accept("stream", "service_tier", "context_management", "cache_control", "inference_geo",
				"container");
		var tools = ToolsParser.parse(body);
		var chat = new ChatRequest(body.requiredString("model"), conversation.parse(body), maxTokens(body),
				sampling(body),
				StopSequencesParser.parse(body, "stop_sequences"));
		return chat.withTools(tools).withTenant(tenant(body)).withConstraint(format(body))
				.continuingLast();
	}

	/** The temperature goes up to 1 in this API. */
	private static SamplingParameters sampling(JsonFields body) {
		var temperature = body.number("temperature");
		if (temperature != null && temperature > 1) {
			throw body.invalid("temperature", "must be between 0 and 1, but is " + temperature);
		}
		return SamplingParser.parse(body);
	}

	/** {@code output_config.format}, which was {@code output_format} in the beginning. */
	private static @Nullable OutputConstraint format(JsonFields body) {
		var config = body.object("output_config");
		var current = config == null ? null : config.object("format");
		var format = current == null ? body.object("output_format") : current;
		if (format == null) {
			return null;
		}
		if (!format.requiredString("type").equals("json_schema")) {
			throw format.invalid("type", "must be json_schema");
		}
		var schema = format.schema("schema");
		if (schema == null) {
			throw format.invalid("schema", "is required");
		}
		return new OutputConstraint.JsonSchema(schema);
	}

	private static String tenant(JsonFields body) {
		var metadata = body.object("metadata");
		var user = metadata == null ? null : metadata.string("user_id");
		return user == null ? "" : user;
	}

	/** It allows the model to think aloud apart from its reply, which no reply here does: so any value may be ignored. */
	private static void checkThinking(@Nullable JsonFields thinking) {
		if (thinking != null && !THINKING.contains(thinking.requiredString("type"))) {
			throw thinking.invalid("type", "must be one of enabled, disabled and adaptive");
		}
	}

}
