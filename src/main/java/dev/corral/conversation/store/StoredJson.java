package dev.corral.conversation.store;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.ReplyParameters;
import dev.corral.template.ToolCall;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is stored as JSON because nothing is ever looked for in it. A mapper of its own, so that no {@code spring.jackson} setting can
 * change what is on disk. Fields that are not known any more are passed over.
 */
final class StoredJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
			.changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

	private static final TypeReference<Map<String, String>> METADATA = new TypeReference<>() {
	};

	private static final TypeReference<List<ToolCall>> TOOL_CALLS = new TypeReference<>() {
	};

	private StoredJson() {
	}

	static String write(ReplyParameters parameters) {
		return text(parameters);
	}

	static ReplyParameters parameters(String json) {
		return MAPPER.readValue(json, ReplyParameters.class);
	}

	static String write(Map<String, String> metadata) {
		return text(metadata);
	}

	static Map<String, String> metadata(String json) {
		return MAPPER.readValue(json, METADATA);
	}

	/** {@code null} for none, which most messages have. */
	static @Nullable String write(List<ToolCall> calls) {
		return calls.isEmpty() ? null : text(calls);
	}

	static List<ToolCall> toolCalls(@Nullable String json) {
		return json == null ? List.of() : MAPPER.readValue(json, TOOL_CALLS);
	}

	static @Nullable String write(@Nullable WindowReport report) {
		return report == null ? null : text(report);
	}

	static @Nullable WindowReport windowReport(@Nullable String json) {
		return json == null ? null : MAPPER.readValue(json, WindowReport.class);
	}

	private static String text(Object value) {
		return Text.storable(MAPPER.writeValueAsString(value));
	}

}
