package dev.corral.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.corral.inference.InvalidParameter;

/**
 * Reads grammars in llama.cpp's notation, GBNF (grammars/README.md of llama.cpp): rules of literals, classes, groups and
 * repetitions, with recursion. References to tokens of a vocabulary are refused.
 */
final class GbnfParser {

	private static final Place PLACE = new Place("grammar", "");

	private static final String ROOT = "root";

	private final Cursor cursor;

	private final GbnfCharacters characters;

	private final Budget budget;

	private final Nfa nfa;

	private final Map<String, Integer> rules = new LinkedHashMap<>();

	private final Map<String, Expression> definitions = new HashMap<>();

	private GbnfParser(String grammar, Nfa nfa, Budget budget) {
		this.budget = budget;
		budget.checkCharacters(grammar.length(), PLACE);
		this.cursor = new Cursor(grammar, PLACE, true);
		this.characters = new GbnfCharacters(cursor);
		this.nfa = nfa;
	}

	/** @throws InvalidParameter if it is malformed, left-recursive, too large, or has a rule that cannot end */
	static Automaton compile(String grammar, GrammarLimits limits) {
		var nfa = new Nfa(PLACE, limits);
		return new Automaton(nfa, rule(grammar, nfa, new Budget(limits)));
	}

	/** The same as a rule of an automaton that may have others. */
	static int rule(String grammar, Nfa nfa, Budget budget) {
		return new GbnfParser(grammar, nfa, budget).root();
	}

	private int root() {
		skipSpace(true);
		while (cursor.peek() != Cursor.END) {
			rule();
			skipSpace(true);
		}
		var root = rules.get(ROOT);
		if (root == null) {
			throw PLACE.problem("it has no rule named root");
		}
		var writer = new ExpressionWriter(nfa, Utf8.ENCODING);
		rules.forEach((name, number) -> {
			var rule = nfa.rules().get(number);
			var definition = definitions.get(name);
			if (definition == null) {
				throw rule.place().problem("the rule is not defined");
			}
			writer.write(rule.entry(), definition, rule.exit());
		});
		return root;
	}

	private void rule() {
		int begin = cursor.position();
		var name = name();
		skipSpace(false);
		if (!cursor.take("::=")) {
			throw cursor.problem("::= is expected after the name of a rule");
		}
		skipSpace(true);
		rules.computeIfAbsent(name, _ -> newRule(name, begin));
		var definition = choice(0);
		if (definitions.put(name, definition) != null) {
			cursor.moveTo(begin);
			throw cursor.problem("the rule %s is defined twice".formatted(name));
		}
		if (cursor.peek() != Cursor.END && !cursor.take('\n') && !cursor.take("\r\n")) {
			throw cursor.problem("a rule must end with its line");
		}
	}

	private int newRule(String name, int position) {
		return nfa.rule(cursor.placeOf("rule " + name, position));
	}

	private String name() {
		var name = new StringBuilder();
		while (isNameCharacter(cursor.peek())) {
			name.appendCodePoint(cursor.next());
		}
		if (name.isEmpty()) {
			throw cursor.problem("the name of a rule is expected");
		}
		return name.toString();
	}

	private static boolean isNameCharacter(int codePoint) {
		return (codePoint >= 'a' && codePoint <= 'z') || (codePoint >= 'A' && codePoint <= 'Z')
				|| (codePoint >= '0' && codePoint <= '9') || codePoint == '-' || codePoint == '_';
	}

	private Expression choice(int depth) {
		budget.checkDepth(depth, cursor.placeOf(cursor.position()));
		var options = new ArrayList<Expression>();
		options.add(sequence(depth));
		while (cursor.take('|')) {
			skipSpace(true);
			options.add(sequence(depth));
		}
		return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
	}

	private Expression sequence(int depth) {
		var parts = new ArrayList<Expression>();
		while (true) {
			switch (cursor.peek()) {
				case Cursor.END, '\n', '\r', '|', ')' -> {
					return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(List.copyOf(parts));
				}
				case '*', '+', '?', '{' -> {
					if (parts.isEmpty() || parts.getLast() instanceof Expression.Repeat) {
						throw cursor.problem("there is nothing to repeat");
					}
					parts.add(repeated(parts.removeLast()));
				}
				default -> parts.add(symbol(depth));
			}
			skipSpace(depth > 0);
		}
	}

	private Expression symbol(int depth) {
		int begin = cursor.position();
		return switch (cursor.peek()) {
			case '"' -> characters.literal();
			case '[' -> characters.set();
			case '.' -> {
				cursor.next();
				yield new Expression.Characters(CodePointSet.ALL);
			}
			case '(' -> group(depth);
			default -> {
				var name = name();
				yield new Expression.Call(rules.computeIfAbsent(name, _ -> newRule(name, begin)));
			}
		};
	}

	private Expression group(int depth) {
		int begin = cursor.position();
		cursor.next();
		skipSpace(true);
		var body = choice(depth + 1);
		if (!cursor.take(')')) {
			cursor.moveTo(begin);
			throw cursor.problem("this group is not closed");
		}
		// Wrapped, so that the repetition of a repetition in parentheses is told from one without.
		return Expression.sequence(body);
	}

	private Expression repeated(Expression body) {
		return switch (cursor.next()) {
			case '*' -> Expression.anyNumberOf(body);
			case '+' -> new Expression.Repeat(body, 1, Expression.UNBOUNDED);
			case '?' -> Expression.optional(body);
			default -> counted(body);
		};
	}

	private Expression counted(Expression body) {
		int begin = cursor.position() - 1;
		skipSpace(true);
		int min = cursor.number();
		int max = min;
		skipSpace(true);
		if (cursor.take(',')) {
			skipSpace(true);
			max = cursor.atDigit() ? cursor.number() : Expression.UNBOUNDED;
			skipSpace(true);
		}
		if (!cursor.take('}')) {
			throw cursor.problem("a closing brace is expected");
		}
		if (min > max) {
			cursor.moveTo(begin);
			throw cursor.problem("the lower count %d is above the upper count %d".formatted(min, max));
		}
		return new Expression.Repeat(body, min, max);
	}

	/** Spaces and comments; ends of lines only where a rule goes on. */
	private void skipSpace(boolean lines) {
		while (true) {
			if (cursor.peek() == '#') {
				while (cursor.peek() != Cursor.END && cursor.peek() != '\n' && cursor.peek() != '\r') {
					cursor.next();
				}
			} else if (cursor.peek() == ' ' || cursor.peek() == '\t'
					|| (lines && (cursor.peek() == '\n' || cursor.peek() == '\r'))) {
				cursor.next();
			} else {
				return;
			}
		}
	}

}
