package dev.corral.responses;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.corral.template.Tool;
import dev.corral.web.Json;
import tools.jackson.databind.JsonNode;

/**
 * What a {@code Response} of the OpenAI API repeats of its request. Its JSON is part of the answer and, as it is, what is kept of a stored
 * one.
 *
 * @param conversation the one that was asked for; {@code null} if none was
 * @param toolChoice a name or an object, as it was sent
 * @param truncation {@code null} unless it was sent: then the server's configuration decides
 */
record ResponseEcho(boolean background, @Nullable String instructions, @Nullable Integer maxOutputTokens,
		Map<String, String> metadata, @Nullable String previousResponseId, @Nullable ConversationRef conversation,
		boolean parallelToolCalls, boolean store, double temperature, double topP, TextConfig text,
		JsonNode toolChoice, List<FunctionTool> tools, @Nullable String truncation,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String user,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String safetyIdentifier,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String promptCacheKey) {

	static final double DEFAULT_TEMPERATURE = 1;

	static final double DEFAULT_TOP_P = 1;

	/** {@code ResponseConversation}. */
	record ConversationRef(String id) {
	}

	/** {@code ResponseTextParam}. */
	record TextConfig(TextFormat format) {
	}

	/** {@code FunctionTool}. */
	record FunctionTool(String type, String name, @Nullable String description, JsonNode parameters, boolean strict) {

		static FunctionTool of(Tool tool) {
			return new FunctionTool("function", tool.name(), tool.description().isEmpty() ? null : tool.description(),
					Json.read(tool.parameters().getBytes(StandardCharsets.UTF_8)), tool.strict());
		}

	}

}
