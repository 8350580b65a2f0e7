package dev.corral.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server-sent event as it was received. */
record Sse(@Nullable String id, String name, JsonNode data) {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/** The events of a stream, which may have been cut anywhere: what has not arrived whole has not arrived. */
	static List<Sse> parse(String stream) {
		var events = new ArrayList<Sse>();
		var whole = stream.substring(0, Math.max(0, stream.lastIndexOf("\n\n")));
		for (var frame : whole.split("\n\n")) {
			if (!frame.isBlank() && !frame.startsWith(":")) {
				events.add(parseOne(frame));
			}
		}
		return events;
	}

	private static Sse parseOne(String frame) {
		String id = null;
		String name = "";
		String data = "";
		for (var line : frame.strip().split("\n")) {
			var value = line.substring(line.indexOf(": ") + 2);
			switch (line.substring(0, line.indexOf(':'))) {
				case "id" -> id = value;
				case "event" -> name = value;
				case "data" -> data = value;
				default -> throw new IllegalArgumentException("Not a field of an event: " + line);
			}
		}
		return new Sse(id, name, MAPPER.readTree(data));
	}

	/** The text that these events tell. */
	static String text(List<Sse> events) {
		return events.stream().filter(event -> event.name().equals("delta"))
				.map(event -> event.data().path("content").stringValue("")).collect(Collectors.joining());
	}

	static List<String> names(List<Sse> events) {
		return events.stream().map(Sse::name).toList();
	}

	/** The reply that the first event names. */
	static String reply(List<Sse> events) {
		return events.getFirst().data().path("reply_id").stringValue("");
	}

}
