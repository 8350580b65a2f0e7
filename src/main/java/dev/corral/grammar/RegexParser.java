package dev.corral.grammar;

import java.util.ArrayList;
import java.util.List;

import dev.corral.inference.InvalidParameter;

/**
 * Reads regular expressions in the syntax of ECMA-262 with the {@code u} flag, and its Annex B where that only adds literal
 * braces and brackets. Look-around, back-references and word boundaries are not regular or not local, and are refused. Whether
 * a quantifier is lazy makes no difference to the language.
 */
final class RegexParser {

	private final Cursor cursor;

	private final Budget budget;

	private final Place place;

	private RegexParser(String pattern, Budget budget, Place place) {
		this.cursor = new Cursor(pattern, place, false);
		this.budget = budget;
		this.place = place;
	}

	/** @throws InvalidParameter if it is malformed, not supported or nests too deep */
	static Expression parse(String pattern, Budget budget, Place place) {
		budget.checkCharacters(pattern.length(), place);
		var parser = new RegexParser(pattern, budget, place);
		var expression = parser.choice(0);
		if (parser.cursor.peek() != Cursor.END) {
			throw parser.cursor.problem("this parenthesis closes nothing");
		}
		return expression;
	}

	private Expression choice(int depth) {
		budget.checkDepth(depth, place);
		var options = new ArrayList<Expression>();
		do {
			options.add(sequence(depth));
		} while (cursor.take('|'));
		return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
	}

	private Expression sequence(int depth) {
		var parts = new ArrayList<Expression>();
		while (cursor.peek() != Cursor.END && cursor.peek() != '|' && cursor.peek() != ')') {
			parts.add(term(depth));
		}
		return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(List.copyOf(parts));
	}

	private Expression term(int depth) {
		int begin = cursor.position();
		var atom = atom(depth);
		int end = cursor.position();
		var repeated = quantified(atom);
		if (cursor.position() > end && atom instanceof Expression.Anchor) {
			cursor.moveTo(begin);
			throw cursor.problem("an anchor cannot be repeated");
		}
		return repeated;
	}

	private Expression atom(int depth) {
		int next = cursor.next();
		return switch (next) {
			case '^' -> new Expression.Anchor(true);
			case '$' -> new Expression.Anchor(false);
			case '(' -> group(depth);
			case '.' -> new Expression.Characters(RegexClasses.LINE_TERMINATORS.complement());
			case '[' -> new Expression.Characters(RegexClasses.bracket(cursor));
			case '\\' -> new Expression.Characters(RegexClasses.escape(cursor, false));
			case '*', '+', '?' -> {
				cursor.moveTo(cursor.position() - 1);
				throw cursor.problem("there is nothing to repeat");
			}
			default -> new Expression.Characters(CodePointSet.single(next));
		};
	}

	private Expression group(int depth) {
		int begin = cursor.position() - 1;
		if (cursor.take('?') && !cursor.take(':')) {
			if (cursor.take("=") || cursor.take("!") || cursor.take("<=") || cursor.take("<!")) {
				cursor.moveTo(begin);
				throw cursor.problem("look-around is not supported");
			}
			if (!cursor.take('<')) {
				throw cursor.problem("only the groups (...), (?:...) and (?<name>...) are supported");
			}
			while (!cursor.take('>')) {
				if (!Character.isUnicodeIdentifierPart(cursor.peek()) && cursor.peek() != '$') {
					throw cursor.problem("the name of this group is malformed");
				}
				cursor.next();
			}
		}
		var body = choice(depth + 1);
		if (!cursor.take(')')) {
			cursor.moveTo(begin);
			throw cursor.problem("this group is not closed");
		}
		return body;
	}

	private Expression quantified(Expression atom) {
		var repeated = switch (cursor.peek()) {
			case '*' -> counted(atom, 0, Expression.UNBOUNDED);
			case '+' -> counted(atom, 1, Expression.UNBOUNDED);
			case '?' -> counted(atom, 0, 1);
			case '{' -> braces(atom);
			default -> atom;
		};
		if (repeated != atom) {
			cursor.take('?');
		}
		return repeated;
	}

	private Expression counted(Expression atom, int min, int max) {
		cursor.next();
		return new Expression.Repeat(atom, min, max);
	}

	/** A brace that begins no quantifier is a literal one, and read as such later. */
	private Expression braces(Expression atom) {
		int begin = cursor.position();
		cursor.next();
		if (cursor.atDigit()) {
			int min = cursor.number();
			int max = min;
			if (cursor.take(',')) {
				max = cursor.atDigit() ? cursor.number() : Expression.UNBOUNDED;
			}
			if (cursor.take('}')) {
				if (min > max) {
					cursor.moveTo(begin);
					throw cursor.problem("the lower count %d is above the upper count %d".formatted(min, max));
				}
				return new Expression.Repeat(atom, min, max);
			}
		}
		cursor.moveTo(begin);
		return atom;
	}

}
