package dev.corral.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one JSON object in a request, read strictly: a string is no number and a number with a fraction no integer.
 * An absent field and an explicit {@code null} are the same. Errors name the field by its path, such as
 * {@code messages[0].role}.
 */
public final class JsonFields {

	private final JsonNode object;

	private final String path;

	/** Names of fields that were asked for, kept of a body alone. */
	private final @Nullable Set<String> asked;

	/** @param path what stands before a field's name: empty, or ending with a dot */
	public JsonFields(JsonNode object, String path) {
		this(object, path, null);
	}

	private JsonFields(JsonNode object, String path, @Nullable Set<String> asked) {
		this.object = object;
		this.path = path;
		this.asked = asked;
	}

	/** The fields of a request's body, which is known to be an object. */
	public static JsonFields ofBody(JsonNode body) {
		return new JsonFields(body, "", new HashSet<>());
	}

	/** These fields are known, whether they are read or not. */
	public void accept(String... names) {
		if (asked != null) {
			asked.addAll(List.of(names));
		}
	}

	/** The names of a body's fields that nobody has asked for so far. */
	public List<String> unread() {
		return asked == null ? List.of() : names().stream().filter(name -> !asked.contains(name)).toList();
	}

	public boolean has(String name) {
		accept(name);
		return object.hasNonNull(name);
	}

	/** Whether the field is there and {@code null}, for those to whom that is not the same as absent. */
	public boolean isNull(String name) {
		accept(name);
		return object.path(name).isNull();
	}

	@Nullable
	public String string(String name) {
		return read(name, JsonNode::isString, JsonNode::stringValue, "a string");
	}

	public String requiredString(String name) {
		return required(name, string(name));
	}

	/** @param absent what a missing field means */
	public boolean flag(String name, boolean absent) {
		return has(name) ? flag(name) : absent;
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

	/** An array of integers, which may be long. */
	public List<Integer> requiredIntegers(String name) {
		return required(name, read(name, JsonNode::isArray, node -> integers(name, node), "an array"));
	}

	private List<Integer> integers(String name, JsonNode array) {
		var integers = new ArrayList<Integer>(array.size());
		for (var node : array) {
			// The path takes longer than the number, so it is made only to complain.
			if (!node.isIntegralNumber() || !node.canConvertToInt()) {
				throw JsonTypes.mismatch("%s%s[%d]".formatted(path, name, integers.size()), "a 32-bit integer", node);
			}
			integers.add(node.intValue());
		}
		return integers;
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

	/** An object as the JSON text that it is. */
	@Nullable
	public String objectText(String name) {
		return read(name, JsonNode::isObject, JsonNode::toString, "an object");
	}

	/** A field as it is; a missing one if it is absent. */
	public JsonNode node(String name) {
		accept(name);
		return object.path(name);
	}

	/** An object or a boolean as the JSON text that it is: what a schema can be. */
	@Nullable
	public String schema(String name) {
		return read(name, node -> node.isObject() || node.isBoolean(), JsonNode::toString, "a schema");
	}

	/** A schema of objects as the JSON text that it is; a type that it does not name is added. */
	@Nullable
	public String objectSchema(String name) {
		var schema = object(name);
		if (schema == null) {
			return null;
		}
		var type = schema.object.get("type");
		if (type == null) {
			return ((ObjectNode) schema.object).deepCopy().put("type", "object").toString();
		}
		if (!type.isString() || !type.stringValue().equals("object")) {
			throw schema.invalid("type", "must be object");
		}
		return schema.object.toString();
	}

	/** A field that is a string or an array, as the API's shorthands are. */
	public boolean isString(String name) {
		accept(name);
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

	/** The names of all fields, in their order. */
	public List<String> names() {
		return List.copyOf(object.propertyNames());
	}

	/** All fields of an object that holds booleans, numbers and texts; nulls are left out. */
	public Map<String, Object> scalars() {
		var scalars = new LinkedHashMap<String, Object>();
		for (var name : object.propertyNames()) {
			Object scalar = read(name, JsonNode::isValueNode, JsonFields::scalar, "a boolean, a number or a string");
			if (scalar != null) {
				scalars.put(name, scalar);
			}
		}
		return scalars;
	}

	private static Object scalar(JsonNode node) {
		if (node.isBoolean()) {
			return node.booleanValue();
		}
		if (node.isIntegralNumber() && node.canConvertToLong()) {
			return node.longValue();
		}
		return node.isNumber()
				? node.doubleValue(Double.POSITIVE_INFINITY)
				: Objects.requireNonNull(node.stringValue());
	}

	public int size() {
		return object.size();
	}

	/** What errors call a field. */
	String pathOf(String name) {
		return path + name;
	}

	public InvalidParameter invalid(String name, String problem) {
		return new InvalidParameter(pathOf(name), problem);
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
		accept(name);
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
