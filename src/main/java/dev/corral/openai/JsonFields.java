package dev.corral.openai;

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
final class JsonFields {

	private final JsonNode object;

	private final String path;

	/** @param path what stands before a field's name: empty, or ending with a dot */
	JsonFields(JsonNode object, String path) {
		this.object = object;
		this.path = path;
	}

	/** The fields of a request's body, which is known to be an object. */
	static JsonFields ofBody(JsonNode body) {
		return new JsonFields(body, "");
	}

	boolean has(String name) {
		return object.hasNonNull(name);
	}

	@Nullable
	String string(String name) {
		return read(name, JsonNode::isString, JsonNode::stringValue, "a string");
	}

	String requiredString(String name) {
		return required(name, string(name));
	}

	boolean flag(String name) {
		return Boolean.TRUE.equals(read(name, JsonNode::isBoolean, JsonNode::booleanValue, "a boolean"));
	}

	@Nullable
	Integer integer(String name) {
		return read(name, node -> node.isIntegralNumber() && node.canConvertToInt(), JsonNode::intValue,
				"a 32-bit integer");
	}

	@Nullable
	Long longInteger(String name) {
		return read(name, node -> node.isIntegralNumber() && node.canConvertToLong(), JsonNode::longValue,
				"a 64-bit integer");
	}

	float number(String name, float absent) {
		var value = number(name);
		return value == null ? absent : value;
	}

	@Nullable
	Float number(String name) {
		return read(name, JsonNode::isNumber, node -> (float) node.doubleValue(Double.POSITIVE_INFINITY), "a number");
	}

	/** The items of an array, each under its path. */
	@Nullable
	List<JsonItem> array(String name) {
		return read(name, JsonNode::isArray, node -> items(name, node), "an array");
	}

	List<JsonItem> requiredArray(String name) {
		return required(name, array(name));
	}

	@Nullable
	JsonFields object(String name) {
		return read(name, JsonNode::isObject, node -> new JsonFields(node, path + name + "."), "an object");
	}

	/** An object or a boolean as the JSON text that it is: what a schema can be. */
	@Nullable
	String schema(String name) {
		return read(name, node -> node.isObject() || node.isBoolean(), JsonNode::toString, "a schema");
	}

	/** A field that is a string or an array, as the API's shorthands are. */
	boolean isString(String name) {
		return object.path(name).isString();
	}

	/** All numbers of an object, by name. */
	Map<String, Float> numbers() {
		var numbers = new LinkedHashMap<String, Float>();
		for (var name : object.propertyNames()) {
			numbers.put(name, required(name, number(name)));
		}
		return numbers;
	}

	int size() {
		return object.size();
	}

	InvalidParameter invalid(String name, String problem) {
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
