package dev.corral.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.corral.inference.InvalidParameter;

/**
 * Compiles JSON Schemas: a rule for each set of schemas that must hold at the same place. Rules are defined from a queue, since
 * schemas may be recursive and chains of references long.
 */
final class SchemaCompiler {

	private final SchemaExpander expander;

	private final SchemaSatisfiability satisfiability;

	private final Nfa nfa;

	private final SchemaWriter writer;

	private final Map<List<Integer>, Integer> rules = new HashMap<>();

	private final Deque<Pending> pending = new ArrayDeque<>();

	private SchemaCompiler(SchemaDocument document, Nfa nfa, JsonSyntax syntax, Budget budget) {
		var strings = new SchemaStrings(budget);
		expander = new SchemaExpander(document, budget);
		satisfiability = new SchemaSatisfiability(expander, strings);
		this.nfa = nfa;
		writer = new SchemaWriter(this, nfa, syntax, strings, budget);
	}

	/** @throws InvalidParameter if it is malformed, contradicts itself, has keywords that cannot be honoured or is too complex */
	static Automaton compile(String schema, GrammarLimits limits) {
		var place = new Place("json_schema", "");
		var nfa = new Nfa(place, limits);
		var syntax = new JsonSyntax(nfa, new ExpressionWriter(nfa, Utf8.ENCODING), place);
		var budget = new Budget(limits);
		int root = nfa.rule(new Place(place.parameter(), "#"));
		syntax.define(root, Expression.sequence(syntax.space(), value(place.parameter(), schema, nfa, syntax, budget)));
		return new Automaton(nfa, root);
	}

	/**
	 * Adds the values that a schema allows to an automaton that may have others.
	 *
	 * @param parameter what errors name
	 * @return one such value
	 * @throws InvalidParameter as {@link #compile} does
	 */
	static Expression value(String parameter, String schema, Nfa nfa, JsonSyntax syntax, Budget budget) {
		var document = new SchemaDocument(parameter, schema, budget);
		return new SchemaCompiler(document, nfa, syntax, budget).value(document.root());
	}

	private Expression value(SchemaNode schema) {
		var value = value(Set.of(schema), schema.place());
		while (!pending.isEmpty()) {
			define(pending.remove());
		}
		return value;
	}

	SchemaSatisfiability satisfiability() {
		return satisfiability;
	}

	/**
	 * The values for which all these schemas hold.
	 *
	 * @param place where a value is allowed
	 */
	Expression value(Set<SchemaNode> schemas, Place place) {
		if (schemas.stream().allMatch(SchemaNode::isTrue)) {
			return writer.syntax().value();
		}
		return new Expression.Call(rules.computeIfAbsent(SchemaExpander.key(schemas), _ -> {
			int rule = nfa.rule(schemas.size() == 1 ? schemas.iterator().next().place() : place);
			pending.add(new Pending(rule, schemas));
			return rule;
		}));
	}

	private void define(Pending pending) {
		var rule = nfa.rules().get(pending.rule);
		var ways = new ArrayList<SchemaFacts>();
		String contradiction = null;
		for (var way : expander.expand(pending.schemas)) {
			var facts = new SchemaFacts(way, expander.budget());
			var problem = satisfiability.contradiction(facts);
			if (problem == null) {
				ways.add(facts);
			} else if (contradiction == null) {
				contradiction = problem;
			}
		}
		if (ways.isEmpty()) {
			throw rule.place().problem(contradiction == null ? "false allows no value" : contradiction);
		}
		ways.forEach(facts -> writer.write(facts, rule.entry(), rule.exit()));
	}

	private record Pending(int rule, Set<SchemaNode> schemas) {
	}

}
