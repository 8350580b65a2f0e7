package dev.corral.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;

/**
 * Takes references and combinations apart: schemas that must all hold become <em>ways</em>, each a set of schemas whose own
 * keywords must all hold, and a value is valid if it is so in one way (a disjunctive normal form).
 */
final class SchemaExpander {

	private static final int MAX_WAYS = 1000;

	/** A copied entry takes up memory, which is dearer than time. */
	private static final int COPY_STEPS = 10;

	private final SchemaDocument document;

	private final Budget budget;

	private final Map<List<Integer>, List<Set<SchemaNode>>> known = new HashMap<>();

	private final SchemaDisjointness disjointness = new SchemaDisjointness(this);

	SchemaExpander(SchemaDocument document, Budget budget) {
		this.document = document;
		this.budget = budget;
	}

	Budget budget() {
		return budget;
	}

	/**
	 * The ways in which all these schemas can hold; none if that is ruled out by {@code false}.
	 *
	 * @throws InvalidParameter if references lead in a circle, {@code oneOf} cannot be told apart or there are too many ways
	 */
	List<Set<SchemaNode>> expand(Set<SchemaNode> schemas) {
		var key = key(schemas);
		var ways = known.get(key);
		if (ways == null) {
			ways = new ArrayList<>();
			var open = new ArrayDeque<Step>();
			schemas.forEach(schema -> open.add(new Step(schema, null)));
			expand(new Conjunction(open, new LinkedHashSet<>(), new ArrayDeque<>()), ways, 0);
			known.put(key, ways);
		}
		return ways;
	}

	/** Tells sets of schemas apart, whatever their order. */
	static List<Integer> key(Set<SchemaNode> schemas) {
		return schemas.stream().map(SchemaNode::number).sorted().toList();
	}

	private void expand(Conjunction conjunction, List<Set<SchemaNode>> ways, int depth) {
		while (!conjunction.open.isEmpty()) {
			var step = conjunction.open.remove();
			var schema = step.schema;
			budget.spend(1 + depth, schema.place());
			checkProgress(step);
			if (schema.isFalse()) {
				return;
			}
			if (!schema.isTrue() && conjunction.schemas.add(schema)) {
				addParts(step, conjunction);
			}
		}
		if (conjunction.choices.isEmpty()) {
			addWay(conjunction.schemas, ways);
			return;
		}
		var choice = conjunction.choices.remove();
		budget.checkDepth(depth, choice.from.schema.place());
		for (var branch : choice.branches) {
			budget.spend(COPY_STEPS * (1L + conjunction.schemas.size()), branch.place());
			expand(new Conjunction(new ArrayDeque<>(List.of(new Step(branch, choice.from))),
					new LinkedHashSet<>(conjunction.schemas), new ArrayDeque<>(conjunction.choices)), ways, depth + 1);
		}
	}

	private void addWay(Set<SchemaNode> schemas, List<Set<SchemaNode>> ways) {
		ways.add(schemas);
		if (ways.size() > MAX_WAYS) {
			throw schemas.iterator().next().place()
					.problem("anyOf, oneOf and allOf combine in more than %d ways".formatted(MAX_WAYS));
		}
	}

	private void addParts(Step step, Conjunction conjunction) {
		var schema = step.schema;
		var reference = schema.string("$ref");
		if (reference != null) {
			conjunction.open.add(new Step(document.resolve(schema, reference), step));
		}
		schema.schemas("allOf").forEach(part -> conjunction.open.add(new Step(part, step)));
		if (schema.has("anyOf")) {
			conjunction.choices.add(new Branches(step, schema.schemas("anyOf")));
		}
		if (schema.has("oneOf")) {
			var branches = schema.schemas("oneOf");
			disjointness.check(schema, branches);
			conjunction.choices.add(new Branches(step, branches));
		}
	}

	private static void checkProgress(Step step) {
		for (var before = step.from; before != null; before = before.from) {
			if (before.schema == step.schema) {
				throw step.schema.place().problem("it refers to itself without anything in between");
			}
		}
	}

	/** @param from what led here without going into the value; {@code null} at the beginning */
	private record Step(SchemaNode schema, @Nullable Step from) {
	}

	private record Branches(Step from, List<SchemaNode> branches) {
	}

	/**
	 * Schemas that must all hold.
	 *
	 * @param open what has not been looked at
	 * @param schemas what has, leaving out {@code true}
	 * @param choices of each of which one branch must hold
	 */
	private record Conjunction(Deque<Step> open, Set<SchemaNode> schemas, Deque<Branches> choices) {
	}

}
