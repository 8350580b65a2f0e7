package dev.corral.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object in a request, read strictly: a string is no number and a number with a fraction no integer.
 * An absent field and an explicit {@code null} are the same. Errors name the field by its path, such as
 * {@code messages[0].role}.
 */
public final class JsonFields {

	private final JsonNode object;

	private final String path;

	/** @param path what stands before a field's name: empty, or ending with a dot */
	public JsonFields(JsonNode object, String path) {
		this.object = object;
		this.path = path;
	}

	/** The fields of a request's body, which is known to be an object. */
	public static JsonFields ofBody(JsonNode body) {
		return new JsonFields(body, "");
	}

	public boolean has(String name) {
		return object.hasNonNull(name);
	}

	@Nullable
	public String string(String name) {
		return read(name, JsonNode::isString, JsonNode::stringValue, "a string");
	}

	public String requiredString(String name) {
		return required(name, string(name));
	}

	public boolean flag(String name) {
		return Boolean.TRUE.equals(read(name, JsonNode::isBoolean, JsonNode::booleanValue, "a boolean"));
	}

	@Nullable
	public Integer integer(String name) {
		return read(name, node -> node.isIntegralNumber() && node.canConvertToInt(), JsonNode::intValue,
				"a 32-bit integer");
	}

	@Nullable
	public Long longInteger(String name) {
		return read(name, node -> node.isIntegralNumber() && node.canConvertToLong(), JsonNode::longValue,
				"a 64-bit integer");
	}

	public float number(String name, float absent) {
		var value = number(name);
		return value == null ? absent : value;
	}

	@Nullable
	public Float number(String name) {
		return read(name, JsonNode::isNumber, node -> (float) node.doubleValue(Double.POSITIVE_INFINITY), "a number");
	}

	/** The items of an array, each under its path. */
	@Nullable
	public List<JsonItem> array(String name) {
		return read(name, JsonNode::isArray, node -> items(name, node), "an array");
	}

	public List<JsonItem> requiredArray(String name) {
		return required(name, array(name));
	}

	@Nullable
	public JsonFields object(String name) {
		return read(name, JsonNode::isObject, node -> new JsonFields(node, path + name + "."), "an object");
	}

	/** An object or a boolean as the JSON text that it is: what a schema can be. */
	@Nullable
	public String schema(String name) {
		return read(name, node -> node.isObject() || node.isBoolean(), JsonNode::toString, "a schema");
	}

	/** A field that is a string or an array, as the API's shorthands are. */
	public boolean isString(String name) {
		return object.path(name).isString();
	}

	/** All numbers of an object, by name. */
	public Map<String, Float> numbers() {
		var numbers = new LinkedHashMap<String, Float>();
		for (var name : object.propertyNames()) {
			numbers.put(name, required(name, number(name)));
		}
		return numbers;
	}

	public int size() {
		return object.size();
	}

	public InvalidParameter invalid(String name, String problem) {
		return new InvalidParameter(path + name, problem);
	}

	private List<JsonItem> items(String name, JsonNode array) {
		var items = new ArrayList<JsonItem>(array.size());
		for (var node : array) {
			items.add(new JsonItem(node, "%s%s[%d]".formatted(path, name, items.size())));
		}
		return items;
	}

	private <T> T required(String name, @Nullable T value) {
		if (value == null) {
			throw invalid(name, "is required");
		}
		return value;
	}

	private <T> @Nullable T read(String name, Predicate<JsonNode> matches, Function<JsonNode, T> convert,
			String wanted) {
		var node = object.get(name);
		if (node == null || node.isNull()) {
			return null;
		}
		if (!matches.test(node)) {
			throw JsonTypes.mismatch(path + name, wanted, node);
		}
		return convert.apply(node);
	}

}
