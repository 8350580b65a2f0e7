package dev.corral.template;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as Python's {@code json.dumps(value, ensure_ascii=False)} writes it, which is how models have seen it in training: a space after
 * commas and colons, and with an indent a line for each element.
 */
final class PythonJson {

	/** Deeper than any schema or arguments that make sense; also bounds the recursion here. */
	private static final int MOST_LEVELS = 200;

	private static final JsonMapper MAPPER = JsonMapper
			.builder(JsonFactory.builder()
					.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
					.build())
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

	private final StringBuilder out = new StringBuilder();

	private final @Nullable Integer indent;

	private PythonJson(@Nullable Integer indent) {
		this.indent = indent;
	}

	/** The value of a JSON text, as strings, numbers, booleans, lists and maps; the text itself if it is no JSON. */
	static @Nullable Object read(String json) {
		try {
			return plain(MAPPER.readTree(json));
		} catch (JacksonException malformed) {
			return json;
		}
	}

	private static @Nullable Object plain(JsonNode node) {
		return switch (node.getNodeType()) {
			case OBJECT -> {
				var map = new LinkedHashMap<String, @Nullable Object>();
				node.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
				yield map;
			}
			case ARRAY -> StreamSupport.stream(node.spliterator(), false).map(PythonJson::plain).toList();
			case STRING -> node.stringValue();
			case BOOLEAN -> node.booleanValue();
			case NUMBER -> node.numberValue();
			default -> null;
		};
	}

	static String write(@Nullable Object value) {
		return write(value, null);
	}

	/**
	 * @param indent spaces for each level, {@code null} for one line
	 * @throws IllegalArgumentException if the text grows too long or nests too deep
	 */
	static String write(@Nullable Object value, @Nullable Integer indent) {
		var json = new PythonJson(indent);
		json.append(value, 0);
		return json.out.toString();
	}

	private void append(@Nullable Object value, int level) {
		if (out.length() > JinjaSandbox.MOST_CHARACTERS || level > MOST_LEVELS) {
			throw new IllegalArgumentException("it makes too large a JSON text");
		}
		switch (value) {
			case null -> out.append("null");
			case Boolean _,Number _ -> out.append(value);
			case Map<?, ?> map -> appendMap(map, level);
			case Collection<?> items -> appendItems(items, level);
			default -> appendString(value.toString());
		}
	}

	private void appendMap(Map<?, ?> map, int level) {
		out.append('{');
		boolean first = true;
		for (var member : map.entrySet()) {
			separate(first, level + 1);
			first = false;
			appendString(String.valueOf(member.getKey()));
			out.append(": ");
			append(member.getValue(), level + 1);
		}
		close(map.isEmpty(), level, '}');
	}

	private void appendItems(Collection<?> items, int level) {
		out.append('[');
		boolean first = true;
		for (var item : items) {
			separate(first, level + 1);
			first = false;
			append(item, level + 1);
		}
		close(items.isEmpty(), level, ']');
	}

	private void separate(boolean first, int level) {
		if (!first) {
			out.append(indent == null ? ", " : ",");
		}
		newLine(level);
	}

	private void close(boolean empty, int level, char mark) {
		if (!empty) {
			newLine(level);
		}
		out.append(mark);
	}

	private void newLine(int level) {
		if (indent != null) {
			out.append('\n').append(" ".repeat(indent * level));
		}
	}

	private void appendString(String text) {
		out.append('"');
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			switch (character) {
				case '"' -> out.append("\\\"");
				case '\\' -> out.append("\\\\");
				case '\n' -> out.append("\\n");
				case '\r' -> out.append("\\r");
				case '\t' -> out.append("\\t");
				case '\b' -> out.append("\\b");
				case '\f' -> out.append("\\f");
				default -> {
					if (character < ' ') {
						out.append("\\u%04x".formatted((int) character));
					} else {
						out.append(character);
					}
				}
			}
		}
		out.append('"');
	}

}
