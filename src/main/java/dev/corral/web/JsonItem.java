package dev.corral.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import tools.jackson.databind.JsonNode;

/**
 * One item of a JSON array in a request, read as strictly as {@link JsonFields} reads fields.
 *
 * @param path where it stands in the request, such as {@code messages[0]}
 */
public record JsonItem(JsonNode node, String path) {

	public JsonFields fields() {
		if (!node.isObject()) {
			throw JsonTypes.mismatch(path, "an object", node);
		}
		return new JsonFields(node, path + ".");
	}

	public String string() {
		if (!node.isString()) {
			throw JsonTypes.mismatch(path, "a string", node);
		}
		return Objects.requireNonNull(node.stringValue());
	}

	public int integer() {
		if (!node.isIntegralNumber() || !node.canConvertToInt()) {
			throw JsonTypes.mismatch(path, "a 32-bit integer", node);
		}
		return node.intValue();
	}

	/** The items of an array, each under its path. */
	public List<JsonItem> array() {
		if (!node.isArray()) {
			throw JsonTypes.mismatch(path, "an array", node);
		}
		var items = new ArrayList<JsonItem>(node.size());
		for (var item : node) {
			items.add(new JsonItem(item, "%s[%d]".formatted(path, items.size())));
		}
		return items;
	}

}
