package dev.corral.openai;

import java.util.LinkedHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object that notes which of its fields are asked for, by their paths. */
final class RecordingNode extends ObjectNode {

	private final transient Set<String> read;

	private final String path;

	private RecordingNode(ObjectNode object, String path, Set<String> read) {
		super(JsonNodeFactory.instance, new LinkedHashMap<>());
		this.path = path;
		this.read = read;
		object.properties().forEach(
				field -> set(field.getKey(), recording(field.getValue(), path + field.getKey(), read)));
	}

	/** The same value, whose objects note what is read of them in {@code read}; items of arrays have a path that ends with {@code []}. */
	static JsonNode recording(JsonNode value, String path, Set<String> read) {
		return switch (value) {
			case ObjectNode object -> new RecordingNode(object, path.isEmpty() ? "" : path + ".", read);
			case ArrayNode array -> {
				var items = JsonNodeFactory.instance.arrayNode();
				array.forEach(item -> items.add(recording(item, path + "[]", read)));
				yield items;
			}
			default -> value;
		};
	}

	@Override
	public @Nullable JsonNode get(String name) {
		read.add(path + name);
		return super.get(name);
	}

	@Override
	public JsonNode path(String name) {
		read.add(path + name);
		return super.path(name);
	}

	@Override
	public boolean hasNonNull(String name) {
		read.add(path + name);
		return super.hasNonNull(name);
	}

}
