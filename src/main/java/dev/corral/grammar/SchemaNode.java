package dev.corral.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import tools.jackson.databind.JsonNode;

/**
 * A place in a schema document, mostly one of a schema. There is one object for each, so schemas are equal only if they are the same.
 * The getters check the form of what they read.
 */
final class SchemaNode {

	/** Bounds beyond this are nobody's intention, and arithmetic with them costs. */
	private static final int MAX_NUMBER_DIGITS = 100;

	private final SchemaDocument document;

	private final @Nullable SchemaNode parent;

	private final String name;

	private final JsonNode json;

	private final int number;

	private final Map<String, SchemaNode> children = new HashMap<>();

	private boolean checked;

	/**
	 * @param parent what it stands in; {@code null} for the whole document
	 * @param name its name or index there
	 * @param number tells it apart from all others of the document
	 */
	SchemaNode(SchemaDocument document, @Nullable SchemaNode parent, String name, JsonNode json, int number) {
		this.document = document;
		this.parent = parent;
		this.name = name;
		this.json = json;
		this.number = number;
	}

	int number() {
		return number;
	}

	Place place() {
		return document.place(this);
	}

	Place place(String keyword) {
		return document.place("%s/%s".formatted(this, SchemaDocument.escape(keyword)));
	}

	/** What stands in it under this name or index, be it a schema or not. */
	@Nullable
	SchemaNode child(String name) {
		var known = children.get(name);
		if (known != null) {
			return known;
		}
		var found = json.isArray() && name.matches("0|[1-9][0-9]{0,8}")
				? json.get(Integer.parseInt(name))
				: json.get(name);
		if (found == null) {
			return null;
		}
		var child = document.node(this, name, found);
		children.put(name, child);
		return child;
	}

	/**
	 * This one as a schema.
	 *
	 * @throws InvalidParameter if it is none or has a keyword that cannot be honoured
	 */
	SchemaNode schema() {
		if (!checked) {
			document.check(this, json);
			checked = true;
		}
		return this;
	}

	boolean isTrue() {
		return json.isBoolean() && json.booleanValue();
	}

	boolean isFalse() {
		return json.isBoolean() && !json.booleanValue();
	}

	boolean has(String keyword) {
		return json.has(keyword);
	}

	@Nullable
	JsonNode get(String keyword) {
		return json.get(keyword);
	}

	/** The schema under a keyword. */
	@Nullable
	SchemaNode schema(String keyword) {
		var child = child(keyword);
		return child == null ? null : child.schema();
	}

	/** How many schemas the list under a keyword has, 0 if the keyword is absent. */
	int count(String keyword) {
		var list = json.get(keyword);
		if (list == null) {
			return 0;
		}
		if (!list.isArray() || list.isEmpty()) {
			throw place(keyword).problem("it must be a list of at least one schema");
		}
		return list.size();
	}

	/** The schemas of a list, none if the keyword is absent. */
	List<SchemaNode> schemas(String keyword) {
		int count = count(keyword);
		var schemas = new ArrayList<SchemaNode>(count);
		for (int i = 0; i < count; i++) {
			schemas.add(schema(keyword, String.valueOf(i)));
		}
		return schemas;
	}

	private SchemaNode schema(String keyword, String name) {
		return Objects.requireNonNull(Objects.requireNonNull(child(keyword)).child(name)).schema();
	}

	/** The names of the declared properties, in their order. */
	List<String> propertyNames() {
		var properties = json.get("properties");
		if (properties == null) {
			return List.of();
		}
		if (!properties.isObject()) {
			throw place("properties").problem("it must be an object");
		}
		return List.copyOf(properties.propertyNames());
	}

	/** What this schema alone says about a property; {@code null} if nothing. */
	@Nullable
	SchemaNode property(String name) {
		var properties = json.get("properties");
		return properties == null || !properties.has(name)
				? schema("additionalProperties")
				: schema("properties", name);
	}

	/** What this schema alone says about an item; {@code null} if nothing. */
	@Nullable
	SchemaNode item(int index) {
		return index < count("prefixItems") ? schema("prefixItems", String.valueOf(index)) : schema("items");
	}

	/** The strings of a list, none if the keyword is absent. */
	List<String> strings(String keyword) {
		var list = json.get(keyword);
		if (list == null) {
			return List.of();
		}
		var strings = new ArrayList<String>();
		for (var item : list) {
			if (!item.isString()) {
				throw place(keyword).problem("it must be a list of strings");
			}
			strings.add(Objects.requireNonNull(item.stringValue()));
		}
		if (!list.isArray()) {
			throw place(keyword).problem("it must be a list of strings");
		}
		return strings;
	}

	@Nullable
	String string(String keyword) {
		var value = json.get(keyword);
		if (value != null && !value.isString()) {
			throw place(keyword).problem("it must be a string");
		}
		return value == null ? null : value.stringValue();
	}

	@Nullable
	BigDecimal number(String keyword) {
		var value = json.get(keyword);
		if (value == null) {
			return null;
		}
		if (!value.isNumber()) {
			throw place(keyword).problem("it must be a number");
		}
		return decimal(value, place(keyword));
	}

	/** A count; those too large to matter become {@link Expression#UNBOUNDED}. */
	int count(String keyword, int absent) {
		var value = number(keyword);
		if (value == null) {
			return absent;
		}
		if (value.signum() < 0 || value.stripTrailingZeros().scale() > 0) {
			throw place(keyword).problem("it must be a whole number of 0 or more, but is " + value);
		}
		return value.compareTo(BigDecimal.valueOf(Expression.UNBOUNDED)) < 0
				? value.intValueExact()
				: Expression.UNBOUNDED;
	}

	static BigDecimal decimal(JsonNode number, Place place) {
		var value = number.decimalValue();
		if (value.precision() > MAX_NUMBER_DIGITS || Math.abs((long) value.scale()) > MAX_NUMBER_DIGITS) {
			throw place.problem("numbers of more than %d digits are not supported".formatted(MAX_NUMBER_DIGITS));
		}
		return value;
	}

	/** A JSON pointer (RFC 6901) in a URI fragment, such as {@code #/properties/a}. */
	@Override
	public String toString() {
		return parent == null ? "#" : parent + "/" + SchemaDocument.escape(name);
	}

}
