package dev.corral.grammar;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;
import tools.jackson.databind.JsonNode;

/** What the own keywords of schemas that must all hold say together. */
final class SchemaFacts {

	private final Set<SchemaNode> schemas;

	private final Budget budget;

	private final EnumSet<JsonKind> kinds = EnumSet.allOf(JsonKind.class);

	private boolean integer;

	private @Nullable List<JsonNode> values;

	private NumberBounds bounds = NumberBounds.NONE;

	private int minLength;

	private int maxLength = Expression.UNBOUNDED;

	private final List<SchemaNode> patterns = new ArrayList<>();

	private int minItems;

	private int maxItems = Expression.UNBOUNDED;

	private int prefixItems;

	private final Set<String> required = new LinkedHashSet<>();

	private final Set<String> declared = new LinkedHashSet<>();

	/** @throws InvalidParameter if a keyword has a malformed value or there is too much to merge */
	SchemaFacts(Set<SchemaNode> schemas, Budget budget) {
		this.schemas = schemas;
		this.budget = budget;
		schemas.forEach(this::add);
	}

	private void add(SchemaNode schema) {
		budget.spend(1, schema.place());
		addType(schema);
		if (schema.has("const")) {
			addValues(schema, List.of(Objects.requireNonNull(schema.get("const"))));
		}
		var list = schema.get("enum");
		if (list != null) {
			if (!list.isArray() || list.isEmpty()) {
				throw schema.place("enum").problem("it must be a list of at least one value");
			}
			addValues(schema, list.valueStream().toList());
		}
		bounds = bounds.atLeast(schema.number("minimum"), false).atLeast(schema.number("exclusiveMinimum"), true)
				.atMost(schema.number("maximum"), false).atMost(schema.number("exclusiveMaximum"), true);
		minLength = Math.max(minLength, schema.count("minLength", 0));
		maxLength = Math.min(maxLength, schema.count("maxLength", Expression.UNBOUNDED));
		if (schema.has("pattern") || schema.has("format")) {
			patterns.add(schema);
		}
		minItems = Math.max(minItems, schema.count("minItems", 0));
		maxItems = Math.min(maxItems, schema.count("maxItems", Expression.UNBOUNDED));
		prefixItems = Math.max(prefixItems, schema.count("prefixItems"));
		required.addAll(schema.strings("required"));
		declared.addAll(schema.propertyNames());
		budget.spend(required.size() + declared.size(), schema.place());
	}

	private void addType(SchemaNode schema) {
		var type = schema.get("type");
		if (type == null) {
			return;
		}
		var names = type.isString()
				? List.of(Objects.requireNonNull(schema.string("type")))
				: schema.strings("type");
		var allowed = EnumSet.noneOf(JsonKind.class);
		for (var name : names) {
			var kind = JsonKind.ofType(name);
			if (kind == null) {
				throw schema.place("type").problem("there is no type '%s'".formatted(name));
			}
			allowed.add(kind);
		}
		kinds.retainAll(allowed);
		integer |= names.contains("integer") && !names.contains("number");
	}

	private void addValues(SchemaNode schema, List<JsonNode> more) {
		budget.spend(values == null ? more.size() : (long) more.size() * values.size(), schema.place());
		for (var value : more) {
			SchemaValues.check(value, schema.place());
		}
		values = values == null
				? more
				: values.stream().filter(value -> more.stream().anyMatch(other -> SchemaValues.same(value, other)))
						.toList();
	}

	/** What an item must be: all these schemas must hold. */
	Set<SchemaNode> item(int index) {
		budget.spend(schemas.size(), place());
		var item = new LinkedHashSet<SchemaNode>();
		for (var schema : schemas) {
			var own = schema.item(index);
			if (own != null) {
				item.add(own);
			}
		}
		return item;
	}

	/** What a property must be: all these schemas must hold. */
	Set<SchemaNode> property(String name) {
		budget.spend(schemas.size(), place());
		var property = new LinkedHashSet<SchemaNode>();
		for (var schema : schemas) {
			var own = schema.property(name);
			if (own != null) {
				property.add(own);
			}
		}
		return property;
	}

	/** What a property must be that no schema declares. */
	Set<SchemaNode> additionalProperty() {
		var property = new LinkedHashSet<SchemaNode>();
		for (var schema : schemas) {
			var own = schema.schema("additionalProperties");
			if (own != null) {
				property.add(own);
			}
		}
		return property;
	}

	/** The names that have a schema or must be there, in the order in which replies have them. */
	List<String> names() {
		var names = new LinkedHashSet<>(declared);
		names.addAll(required);
		return List.copyOf(names);
	}

	boolean allowsAnything() {
		return schemas.isEmpty();
	}

	Place place() {
		return schemas.isEmpty() ? new Place("json_schema", "") : schemas.iterator().next().place();
	}

	EnumSet<JsonKind> kinds() {
		return kinds;
	}

	boolean integer() {
		return integer;
	}

	@Nullable
	List<JsonNode> values() {
		return values;
	}

	NumberBounds bounds() {
		return bounds;
	}

	int minLength() {
		return minLength;
	}

	int maxLength() {
		return maxLength;
	}

	/** The schemas that have a pattern or a format. */
	List<SchemaNode> patterns() {
		return patterns;
	}

	int minItems() {
		return minItems;
	}

	int maxItems() {
		return maxItems;
	}

	/** How many items at the beginning have schemas of their own. */
	int prefixItems() {
		return prefixItems;
	}

	Set<String> required() {
		return required;
	}

	/** Whether anything is said about what is in arrays or objects. */
	boolean constrains(JsonKind container) {
		var keywords = container == JsonKind.ARRAY
				? List.of("items", "prefixItems", "minItems", "maxItems")
				: List.of("properties", "required", "additionalProperties");
		return schemas.stream().anyMatch(schema -> keywords.stream().anyMatch(schema::has));
	}

}
