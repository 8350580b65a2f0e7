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
		for (int i = 0; i < branches.size(); i++) {
			for (int j = 0; j < i; j++) {
				if (!areDisjoint(with(branches.get(i), schema), with(branches.get(j), schema), 0)) {
					throw schema.place("oneOf").problem(
							"branches %d and %d may overlap; tell them apart by type or by a constant in a required property, or use anyOf"
									.formatted(j, i));
				}
			}
		}
	}

	private Set<Set<SchemaNode>> with(SchemaNode branch, SchemaNode schema) {
		var ways = new LinkedHashSet<Set<SchemaNode>>();
		for (var way : expander.expand(Set.of(branch))) {
			var extended = new LinkedHashSet<>(way);
			extended.add(schema);
			ways.add(extended);
		}
		return ways;
	}

	private boolean areDisjoint(Iterable<Set<SchemaNode>> some, Iterable<Set<SchemaNode>> others, int depth) {
		for (var one : some) {
			for (var other : others) {
				if (!areDisjoint(new SchemaFacts(one), new SchemaFacts(other), depth)) {
					return false;
				}
			}
		}
		return true;
	}

	private boolean areDisjoint(SchemaFacts one, SchemaFacts other, int depth) {
		expander.budget().spend(1 + one.names().size(), one.place());
		var values = one.values();
		var others = other.values();
		if (values != null && others != null) {
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
		return required.stream().anyMatch(name -> areDisjoint(expander.expand(one.property(name)),
				expander.expand(other.property(name)), depth + 1));
	}

}
