package dev.corral.grammar;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/** Finds out what is left of schemas once contradictions have been taken out, without looking into arrays and objects. */
final class SchemaSatisfiability {

	private final SchemaExpander expander;

	private final SchemaStrings strings;

	SchemaSatisfiability(SchemaExpander expander, SchemaStrings strings) {
		this.expander = expander;
		this.strings = strings;
	}

	/** Why no value can be valid; {@code null} if there is one as far as can be seen here. */
	@Nullable
	String contradiction(SchemaFacts facts) {
		if (facts.values() != null) {
			return values(facts).isEmpty() ? "no listed value is allowed by the rest" : null;
		}
		if (facts.kinds().isEmpty()) {
			return "no type is left";
		}
		String first = null;
		for (var kind : facts.kinds()) {
			var contradiction = contradiction(facts, kind);
			if (contradiction == null) {
				return null;
			}
			first = first == null ? contradiction : first;
		}
		return first;
	}

	/** The kinds of values that can be valid. */
	EnumSet<JsonKind> kinds(SchemaFacts facts) {
		var kinds = EnumSet.copyOf(facts.kinds());
		kinds.removeIf(kind -> contradiction(facts, kind) != null);
		return kinds;
	}

	private @Nullable String contradiction(SchemaFacts facts, JsonKind kind) {
		return switch (kind) {
			case NULL, BOOLEAN -> null;
			case NUMBER -> numbers(facts);
			case STRING -> strings(facts);
			case ARRAY -> facts.minItems() > mostItems(facts)
					? "at least %d items are wanted and at most %d allowed".formatted(facts.minItems(),
							mostItems(facts))
					: null;
			case OBJECT -> objects(facts);
		};
	}

	private static @Nullable String numbers(SchemaFacts facts) {
		var bounds = facts.integer() ? facts.bounds().ofIntegers() : facts.bounds();
		return bounds.isEmpty()
				? "no number lies between the bounds %s and %s".formatted(facts.bounds().lower(),
						facts.bounds().upper())
				: null;
	}

	private @Nullable String strings(SchemaFacts facts) {
		if (facts.minLength() > facts.maxLength()) {
			return "minLength %d is above maxLength %d".formatted(facts.minLength(), facts.maxLength());
		}
		var language = strings.language(facts);
		return language != null && language.isEmpty() ? "no string has the pattern, format and length wanted" : null;
	}

	private @Nullable String objects(SchemaFacts facts) {
		for (var name : facts.required()) {
			if (isForbidden(facts.property(name))) {
				return "the property '%s' is required and forbidden".formatted(name);
			}
		}
		return null;
	}

	/** Whether {@code false} or something as hopeless stands in every way of these schemas. */
	boolean isForbidden(Set<SchemaNode> schemas) {
		return expander.expand(schemas).isEmpty();
	}

	/** The number of items at which an array must end, if only because the next one is forbidden. */
	int mostItems(SchemaFacts facts) {
		for (int i = 0; i <= facts.prefixItems() && i < facts.maxItems(); i++) {
			if (isForbidden(facts.item(i))) {
				return i;
			}
		}
		return facts.maxItems();
	}

	/** The listed values that the other keywords allow. */
	List<JsonNode> values(SchemaFacts facts) {
		return Objects.requireNonNull(facts.values()).stream().filter(value -> allows(facts, value)).toList();
	}

	private boolean allows(SchemaFacts facts, JsonNode value) {
		var kind = JsonKind.of(value);
		if (!facts.kinds().contains(kind)) {
			return false;
		}
		return switch (kind) {
			case NULL, BOOLEAN -> true;
			case NUMBER -> facts.bounds().contains(value.decimalValue())
					&& (!facts.integer() || SchemaValues.isInteger(value.decimalValue()));
			case STRING -> allowsString(facts, Objects.requireNonNull(value.stringValue()));
			case ARRAY, OBJECT -> {
				if (facts.constrains(kind)) {
					throw facts.place().problem(
							"listed arrays and objects are not supported beside keywords about what is in them");
				}
				yield true;
			}
		};
	}

	private boolean allowsString(SchemaFacts facts, String value) {
		int length = value.codePointCount(0, value.length());
		if (length < facts.minLength() || length > facts.maxLength()) {
			return false;
		}
		var language = strings.language(facts);
		return language == null || language.accepts(value);
	}

}
