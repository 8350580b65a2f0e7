package dev.corral.grammar;

import java.util.ArrayList;

/** Reads literals and character classes of GBNF. */
final class GbnfCharacters {

	private final Cursor cursor;

	GbnfCharacters(Cursor cursor) {
		this.cursor = cursor;
	}

	/** A literal in double quotes, on one line. */
	Expression literal() {
		int begin = cursor.position();
		cursor.next();
		var text = new StringBuilder();
		while (!cursor.take('"')) {
			if (cursor.peek() == Cursor.END || cursor.peek() == '\n') {
				cursor.moveTo(begin);
				throw cursor.problem("this literal is not closed");
			}
			text.appendCodePoint(character());
		}
		return Expression.text(text.toString());
	}

	/** A class in square brackets; a hyphen before the end is a member. */
	Expression set() {
		int begin = cursor.position();
		cursor.next();
		boolean negated = cursor.take('^');
		var members = new ArrayList<CodePointSet>();
		while (!cursor.take(']')) {
			if (cursor.peek() == Cursor.END || cursor.peek() == '\n') {
				cursor.moveTo(begin);
				throw cursor.problem("this class is not closed");
			}
			members.add(range());
		}
		var union = CodePointSet.union(members);
		var set = negated ? union.complement() : union;
		if (set.isEmpty()) {
			cursor.moveTo(begin);
			throw cursor.problem("no character is in this class");
		}
		return new Expression.Characters(set);
	}

	private CodePointSet range() {
		int begin = cursor.position();
		int first = character();
		int end = cursor.position();
		if (!cursor.take('-')) {
			return CodePointSet.single(first);
		}
		if (cursor.peek() == ']') {
			cursor.moveTo(end);
			return CodePointSet.single(first);
		}
		int last = character();
		if (first > last) {
			cursor.moveTo(begin);
			throw cursor.problem("this range of a class is not from a lower to a higher character");
		}
		return CodePointSet.of(first, last);
	}

	private int character() {
		int begin = cursor.position();
		int next = cursor.next();
		if (next != '\\') {
			return next;
		}
		int escaped = switch (cursor.next()) {
			case 'x' -> cursor.hex(2);
			case 'u' -> cursor.hex(4);
			case 'U' -> cursor.hex(8);
			case 't' -> '\t';
			case 'r' -> '\r';
			case 'n' -> '\n';
			case '\\' -> '\\';
			case '"' -> '"';
			case '[' -> '[';
			case ']' -> ']';
			default -> {
				cursor.moveTo(begin);
				throw cursor.problem("this escape is unknown");
			}
		};
		if (!Character.isValidCodePoint(escaped)
				|| (escaped >= Character.MIN_SURROGATE && escaped <= Character.MAX_SURROGATE)) {
			cursor.moveTo(begin);
			throw cursor.problem("this is no character that can be written in UTF-8");
		}
		return escaped;
	}

}
