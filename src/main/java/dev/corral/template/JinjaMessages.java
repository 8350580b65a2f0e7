package dev.corral.template;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The variables that Hugging Face's {@code apply_chat_template} gives to a template for messages and tools, with {@link TypedContents}
 * in them.
 *
 * <p>Source: transformers, docs "Tool use" and {@code utils/chat_template_utils.py}.
 */
final class JinjaMessages {

	/** Mistral's templates refuse all other identifiers. */
	private static final int ID_CHARACTERS = 9;

	private JinjaMessages() {
	}

	static List<Map<String, Object>> of(List<Message> messages, TypedContents contents) {
		var masked = new ArrayList<Map<String, Object>>();
		var nameOfCall = new HashMap<String, String>();
		for (var message : messages) {
			var fields = new LinkedHashMap<String, Object>();
			fields.put("role", message.role().name().toLowerCase(Locale.ROOT));
			fields.put("content", contents.masked(message));
			if (!message.toolCalls().isEmpty()) {
				message.toolCalls().forEach(call -> nameOfCall.put(call.id(), call.name()));
				fields.put("tool_calls", message.toolCalls().stream().map(call -> call(call, contents)).toList());
			}
			var callId = message.toolCallId();
			if (callId != null) {
				fields.put("tool_call_id", shortId(callId));
				fields.put("name", String.valueOf(contents.spelled((Object) nameOfCall.getOrDefault(callId, ""))));
			}
			masked.add(fields);
		}
		return masked;
	}

	static List<@Nullable Object> definitions(List<Tool> tools, TypedContents contents) {
		var definitions = new ArrayList<@Nullable Object>();
		tools.forEach(tool -> definitions.add(contents.spelled(tool.definition())));
		return definitions;
	}

	private static Map<String, @Nullable Object> call(ToolCall call, TypedContents contents) {
		var arguments = PythonJson.read(call.arguments());
		var function = new LinkedHashMap<String, @Nullable Object>();
		function.put("name", contents.spelled((Object) call.name()));
		function.put("arguments", contents.spelled(arguments == null ? Map.of() : arguments));
		var fields = new LinkedHashMap<String, @Nullable Object>();
		fields.put("id", shortId(call.id()));
		fields.put("type", "function");
		fields.put("function", function);
		return fields;
	}

	/** The same for the same identifier, whatever that looks like. */
	private static String shortId(String id) {
		if (id.matches("[A-Za-z0-9]{%d}".formatted(ID_CHARACTERS))) {
			return id;
		}
		try {
			var hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
			return new BigInteger(1, hash).toString(Character.MAX_RADIX).substring(0, ID_CHARACTERS);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java runtime has SHA-256.", e);
		}
	}

}
