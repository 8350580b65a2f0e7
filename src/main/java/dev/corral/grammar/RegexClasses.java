package dev.corral.grammar;

import java.util.ArrayList;

/** Character classes and escapes of regular expressions, as ECMA-262 (2024, section 22.2) defines them. */
final class RegexClasses {

	static final CodePointSet LINE_TERMINATORS = CodePointSet.of('\n', '\n', '\r', '\r', 0x2028, 0x2029);

	private static final CodePointSet DIGITS = CodePointSet.of('0', '9');

	private static final CodePointSet WORD = CodePointSet.of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');

	private static final CodePointSet SPACE = CodePointSet.of('\t', '\r', ' ', ' ', 0xA0, 0xA0, 0x1680, 0x1680, 0x2000,
			0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF);

	private RegexClasses() {
	}

	/** A class in brackets, of which the first has been taken. */
	static CodePointSet bracket(Cursor cursor) {
		int begin = cursor.position() - 1;
		boolean negated = cursor.take('^');
		var members = new ArrayList<CodePointSet>();
		while (!cursor.take(']')) {
			if (cursor.peek() == Cursor.END) {
				cursor.moveTo(begin);
				throw cursor.problem("this class is not closed");
			}
			members.add(range(cursor));
		}
		var union = CodePointSet.union(members);
		return negated ? union.complement() : union;
	}

	/** A member of a class, or a range if a hyphen and another member follow. */
	private static CodePointSet range(Cursor cursor) {
		int begin = cursor.position();
		var first = member(cursor);
		int end = cursor.position();
		if (!cursor.take('-')) {
			return first;
		}
		if (cursor.peek() == ']') {
			cursor.moveTo(end);
			return first;
		}
		var last = member(cursor);
		if (!isSingle(first) || !isSingle(last) || first.low(0) > last.low(0)) {
			cursor.moveTo(begin);
			throw cursor.problem("this range of a class is not from a lower to a higher character");
		}
		return CodePointSet.of(first.low(0), last.low(0));
	}

	private static boolean isSingle(CodePointSet set) {
		return set.ranges() == 1 && set.low(0) == set.high(0);
	}

	private static CodePointSet member(Cursor cursor) {
		int next = cursor.next();
		return next == '\\' ? escape(cursor, true) : CodePointSet.single(next);
	}

	/** What follows a backslash, which has been taken. */
	static CodePointSet escape(Cursor cursor, boolean inClass) {
		int begin = cursor.position() - 1;
		int next = cursor.next();
		return switch (next) {
			case 'd' -> DIGITS;
			case 'D' -> DIGITS.complement();
			case 'w' -> WORD;
			case 'W' -> WORD.complement();
			case 's' -> SPACE;
			case 'S' -> SPACE.complement();
			case 't' -> CodePointSet.single('\t');
			case 'n' -> CodePointSet.single('\n');
			case 'v' -> CodePointSet.single(0x0B);
			case 'f' -> CodePointSet.single('\f');
			case 'r' -> CodePointSet.single('\r');
			case 'x' -> character(cursor.hex(2), cursor, begin);
			case 'u' -> character(unicode(cursor), cursor, begin);
			case 'c' -> CodePointSet.single(control(cursor, begin));
			case '0' -> {
				if (cursor.atDigit()) {
					throw unsupported(cursor, begin, "octal escapes are not supported");
				}
				yield CodePointSet.single(0);
			}
			case 'b' -> {
				if (!inClass) {
					throw unsupported(cursor, begin, "word boundaries are not supported");
				}
				yield CodePointSet.single('\b');
			}
			default -> itself(cursor, begin, next);
		};
	}

	private static CodePointSet itself(Cursor cursor, int begin, int next) {
		if (next >= '1' && next <= '9' || next == 'k') {
			throw unsupported(cursor, begin, "back-references are not supported");
		}
		if (next == 'B') {
			throw unsupported(cursor, begin, "word boundaries are not supported");
		}
		if (next == 'p' || next == 'P') {
			throw unsupported(cursor, begin, "Unicode properties are not supported");
		}
		if (Character.isLetterOrDigit(next)) {
			throw unsupported(cursor, begin, "this escape is unknown");
		}
		return CodePointSet.single(next);
	}

	private static int control(Cursor cursor, int begin) {
		int letter = cursor.next();
		if ((letter < 'a' || letter > 'z') && (letter < 'A' || letter > 'Z')) {
			throw unsupported(cursor, begin, "a letter must follow \\c");
		}
		return letter & 0x1F;
	}

	/** Two escaped halves of a surrogate pair are one character. */
	private static int unicode(Cursor cursor) {
		if (cursor.take('{')) {
			int value = 0;
			do {
				value = Math.min(16 * value + cursor.hex(1), Character.MAX_CODE_POINT + 1);
			} while (!cursor.take('}'));
			return value;
		}
		int high = cursor.hex(4);
		int afterHigh = cursor.position();
		if (Character.isHighSurrogate((char) high) && cursor.take("\\u") && cursor.peek() != '{') {
			int low = cursor.hex(4);
			if (Character.isLowSurrogate((char) low)) {
				return Character.toCodePoint((char) high, (char) low);
			}
		}
		cursor.moveTo(afterHigh);
		return high;
	}

	private static CodePointSet character(int codePoint, Cursor cursor, int begin) {
		if (codePoint > Character.MAX_CODE_POINT
				|| (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
			throw unsupported(cursor, begin, "this is no character that can be written in UTF-8");
		}
		return CodePointSet.single(codePoint);
	}

	private static RuntimeException unsupported(Cursor cursor, int begin, String problem) {
		cursor.moveTo(begin);
		return cursor.problem(problem);
	}

}
