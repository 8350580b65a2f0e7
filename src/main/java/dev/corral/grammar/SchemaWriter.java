package dev.corral.grammar;

import java.util.ArrayList;
import java.util.List;

/** Writes the values that schemas allow into an automaton. */
final class SchemaWriter {

	private final SchemaCompiler compiler;

	private final Nfa nfa;

	private final SchemaStrings strings;

	private final Budget budget;

	private final ExpressionWriter writer;

	private final JsonSyntax syntax;

	SchemaWriter(SchemaCompiler compiler, Nfa nfa, JsonSyntax syntax, SchemaStrings strings, Budget budget) {
		this.compiler = compiler;
		this.nfa = nfa;
		this.strings = strings;
		this.budget = budget;
		this.writer = new ExpressionWriter(nfa, Utf8.ENCODING);
		this.syntax = syntax;
	}

	JsonSyntax syntax() {
		return syntax;
	}

	/** Adds the ways between two nodes that read a value of which these facts are true. */
	void write(SchemaFacts facts, int from, int to) {
		if (facts.allowsAnything()) {
			writer.write(from, syntax.value(), to);
			return;
		}
		if (facts.values() != null) {
			writeValues(facts, from, to);
			return;
		}
		for (var kind : compiler.satisfiability().kinds(facts)) {
			switch (kind) {
				case NULL -> writer.write(from, Expression.text("null"), to);
				case BOOLEAN -> writer.write(from, new Expression.Words(List.of("true", "false")), to);
				case NUMBER -> writeNumbers(facts, from, to);
				case STRING -> writeStrings(facts, from, to);
				case ARRAY -> writeArrays(facts, from, to);
				case OBJECT -> new SchemaObjects(compiler, nfa, writer, syntax, budget).write(facts, from, to);
			}
		}
	}

	private void writeValues(SchemaFacts facts, int from, int to) {
		var scalars = new ArrayList<String>();
		for (var value : compiler.satisfiability().values(facts)) {
			if (value.isContainer()) {
				writer.write(from, SchemaValues.expression(value, syntax), to);
			} else {
				scalars.add(SchemaValues.text(value));
			}
		}
		writer.write(from, new Expression.Words(scalars), to);
	}

	private void writeNumbers(SchemaFacts facts, int from, int to) {
		if (facts.bounds().equals(NumberBounds.NONE)) {
			writer.write(from, facts.integer() ? syntax.integer() : syntax.number(), to);
		} else {
			NumberRange.of(facts.bounds(), facts.integer(), budget, facts.place()).write(nfa, from, to);
		}
	}

	private void writeStrings(SchemaFacts facts, int from, int to) {
		int begin = nfa.node();
		int end = nfa.node();
		nfa.symbols(from, '"', '"', begin);
		nfa.symbols(end, '"', '"', to);
		var language = strings.language(facts);
		if (language == null) {
			writer.write(begin, new Expression.Repeat(syntax.character(), facts.minLength(), facts.maxLength()), end);
		} else {
			language.write(nfa, begin, JsonCharacters.ENCODING, end);
		}
	}

	/** A chain with one node after each item, which ends or loops where all further items are alike. */
	private void writeArrays(SchemaFacts facts, int from, int to) {
		int most = compiler.satisfiability().mostItems(facts);
		int end = nfa.node();
		writer.write(end, Expression.sequence(syntax.space(), Expression.text("]")), to);
		int node = nfa.node();
		writer.write(from, Expression.sequence(Expression.text("["), syntax.space()), node);
		int different = Math.max(facts.prefixItems(), facts.minItems());
		for (int items = 0; items < most; items++) {
			if (items == 0 && facts.minItems() == 0) {
				writer.write(node, Expression.text("]"), to);
			} else if (items > 0 && items >= facts.minItems()) {
				nfa.epsilon(node, end);
			}
			boolean loop = most == Expression.UNBOUNDED && items > different;
			int next = loop ? node : nfa.node();
			int begin = items == 0 ? node : nfa.node();
			if (items > 0) {
				writer.write(node, syntax.comma(), begin);
			}
			writer.write(begin, compiler.value(facts.item(Math.min(items, facts.prefixItems())), facts.place()), next);
			node = next;
			if (loop) {
				return;
			}
		}
		if (most == 0) {
			writer.write(node, Expression.text("]"), to);
		} else {
			nfa.epsilon(node, end);
		}
	}

}
