package dev.corral.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the objects that schemas allow into an automaton. Declared properties come in their order, those not required perhaps left
 * out; additional ones follow, under names that are not declared. Nothing keeps a reply from using an additional name twice: each of
 * the values is valid, and a reader takes one of them.
 */
final class SchemaObjects {

	private final SchemaCompiler compiler;

	private final Nfa nfa;

	private final ExpressionWriter writer;

	private final JsonSyntax syntax;

	private final Budget budget;

	SchemaObjects(SchemaCompiler compiler, Nfa nfa, ExpressionWriter writer, JsonSyntax syntax, Budget budget) {
		this.compiler = compiler;
		this.nfa = nfa;
		this.writer = writer;
		this.syntax = syntax;
		this.budget = budget;
	}

	/** Two chains of nodes side by side, one for objects that are still empty and one for those that are not. */
	void write(SchemaFacts facts, int from, int to) {
		int empty = nfa.node();
		int filled = nfa.node();
		int end = nfa.node();
		writer.write(from, Expression.sequence(Expression.text("{"), syntax.space()), empty);
		writer.write(end, Expression.sequence(syntax.space(), Expression.text("}")), to);
		for (var name : facts.names()) {
			if (compiler.satisfiability().isForbidden(facts.property(name))) {
				continue;
			}
			int member = nfa.node();
			int emptyNext = nfa.node();
			int filledNext = nfa.node();
			nfa.epsilon(empty, member);
			writer.write(filled, syntax.comma(), member);
			writer.write(member, member(Expression.text(SchemaValues.text(name)), facts, name), filledNext);
			if (!facts.required().contains(name)) {
				nfa.epsilon(empty, emptyNext);
				nfa.epsilon(filled, filledNext);
			}
			empty = emptyNext;
			filled = filledNext;
		}
		writeAdditional(facts, empty, filled);
		writer.write(empty, Expression.text("}"), to);
		nfa.epsilon(filled, end);
	}

	private Expression member(Expression name, SchemaFacts facts, String property) {
		return Expression.sequence(name, syntax.colon(), compiler.value(facts.property(property), facts.place()));
	}

	private void writeAdditional(SchemaFacts facts, int empty, int filled) {
		var schemas = facts.additionalProperty();
		if (compiler.satisfiability().isForbidden(schemas)) {
			return;
		}
		int member = nfa.node();
		int named = nfa.node();
		nfa.epsilon(empty, member);
		writer.write(filled, syntax.comma(), member);
		writeNameBut(facts.names(), facts.place(), member, named);
		writer.write(named, Expression.sequence(syntax.colon(), compiler.value(schemas, facts.place())), filled);
	}

	private void writeNameBut(List<String> names, Place place, int from, int to) {
		if (names.isEmpty()) {
			writer.write(from, syntax.string(), to);
			return;
		}
		var others = DfaBuilder.matching(new Expression.Words(new ArrayList<>(names)), budget, place).complement();
		int begin = nfa.node();
		int end = nfa.node();
		nfa.symbols(from, '"', '"', begin);
		others.write(nfa, begin, JsonCharacters.ENCODING, end);
		nfa.symbols(end, '"', '"', to);
	}

}
