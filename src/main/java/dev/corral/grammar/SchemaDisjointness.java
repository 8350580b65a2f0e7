package dev.corral.grammar;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.corral.inference.InvalidParameter;

/**
 * Proves that no value is valid in two branches of a {@code oneOf}, so that it is the same as {@code anyOf}: by their types, their
 * bounds, their listed values, or a property that tells them apart.
 */
final class SchemaDisjointness {

	/** How far down properties are compared. */
	private static final int MAX_DEPTH = 3;

	private final SchemaExpander expander;

	private final Set<SchemaNode> checked = new HashSet<>();

	SchemaDisjointness(SchemaExpander expander) {
		this.expander = expander;
	}

	/**
	 * @param schema the one with the {@code oneOf}; its other keywords hold in every branch
	 * @throws InvalidParameter if two branches cannot be told apart
	 */
	void check(SchemaNode schema, List<SchemaNode> branches) {
		// A schema that contains itself comes here again from within.
		if (!checked.add(schema)) {
			return;
		}
		var facts = branches.stream().map(branch -> facts(branch, schema)).toList();
		for (int i = 0; i < branches.size(); i++) {
			for (int j = 0; j < i; j++) {
				if (!areDisjoint(facts.get(i), facts.get(j), 0)) {
					throw schema.place("oneOf").problem(
							"branches %d and %d may overlap; tell them apart by type or by a constant in a required property, or use anyOf"
									.formatted(j, i));
				}
			}
		}
	}

	private List<SchemaFacts> facts(SchemaNode branch, SchemaNode schema) {
		return expander.expand(Set.of(branch)).stream().map(way -> {
			var extended = new LinkedHashSet<>(way);
			extended.add(schema);
			return new SchemaFacts(extended, expander.budget());
		}).toList();
	}

	private List<SchemaFacts> facts(Set<SchemaNode> schemas) {
		return expander.expand(schemas).stream().map(way -> new SchemaFacts(way, expander.budget())).toList();
	}

	private boolean areDisjoint(List<SchemaFacts> some, List<SchemaFacts> others, int depth) {
		return some.stream().allMatch(one -> others.stream().allMatch(other -> areDisjoint(one, other, depth)));
	}

	private boolean areDisjoint(SchemaFacts one, SchemaFacts other, int depth) {
		expander.budget().spend(1 + one.names().size(), one.place());
		var values = one.values();
		var others = other.values();
		if (values != null && others != null) {
			expander.budget().spend((long) values.size() * others.size(), one.place());
			return values.stream().noneMatch(value -> others.stream().anyMatch(same -> SchemaValues.same(value, same)));
		}
		var common = one.kinds().clone();
		common.retainAll(other.kinds());
		var listed = values == null ? others : values;
		if (listed != null) {
			common.removeIf(kind -> listed.stream().noneMatch(value -> JsonKind.of(value) == kind));
		}
		return common.stream().allMatch(kind -> switch (kind) {
			case NULL, BOOLEAN, STRING, ARRAY -> false;
			case NUMBER -> one.bounds().and(other.bounds()).isEmpty();
			case OBJECT -> depth < MAX_DEPTH && haveAPropertyThatTells(one, other, depth);
		});
	}

	private boolean haveAPropertyThatTells(SchemaFacts one, SchemaFacts other, int depth) {
		var required = new LinkedHashSet<>(one.required());
		required.addAll(other.required());
		return required.stream()
				.anyMatch(name -> areDisjoint(facts(one.property(name)), facts(other.property(name)), depth + 1));
	}

}
