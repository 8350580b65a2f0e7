package dev.corral.grammar;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/**
 * One schema inside of a document. There is one object for each place, so schemas are equal only if they are the same. The
 * getters check the form of what they read.
 */
final class SchemaNode {

	/** Bounds beyond this are nobody's intention, and arithmetic with them costs. */
	private static final int MAX_NUMBER_DIGITS = 100;

	private final SchemaDocument document;

	private final String pointer;

	private final JsonNode json;

	/** @param pointer a JSON pointer (RFC 6901) in a URI fragment, such as {@code #/properties/a} */
	SchemaNode(SchemaDocument document, String pointer, JsonNode json) {
		this.document = document;
		this.pointer = pointer;
		this.json = json;
	}

	String pointer() {
		return pointer;
	}

	Place place() {
		return document.place(pointer);
	}

	Place place(String keyword) {
		return document.place(pointer + "/" + SchemaDocument.escape(keyword));
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
		var child = json.get(keyword);
		return child == null ? null : document.node(pointer + "/" + keyword, child);
	}

	/** The schemas of a list, none if the keyword is absent. */
	List<SchemaNode> schemas(String keyword) {
		var list = json.get(keyword);
		if (list == null) {
			return List.of();
		}
		if (!list.isArray() || list.isEmpty()) {
			throw place(keyword).problem("it must be a list of at least one schema");
		}
		var schemas = new ArrayList<SchemaNode>();
		for (var schema : list) {
			schemas.add(document.node("%s/%s/%d".formatted(pointer, keyword, schemas.size()), schema));
		}
		return schemas;
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
		if (properties == null || !properties.has(name)) {
			return schema("additionalProperties");
		}
		return document.node("%s/properties/%s".formatted(pointer, SchemaDocument.escape(name)),
				Objects.requireNonNull(properties.get(name)));
	}

	/** What this schema alone says about an item; {@code null} if nothing. */
	@Nullable
	SchemaNode item(int index) {
		var prefix = schemas("prefixItems");
		return index < prefix.size() ? prefix.get(index) : schema("items");
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

	@Override
	public String toString() {
		return pointer;
	}

}
