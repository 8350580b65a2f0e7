package dev.corral.grammar;

import java.util.List;

/**
 * Characters as they stand inside of a JSON string: escaped where they must be (RFC 8259, section 7), in UTF-8 otherwise. So each
 * text has few spellings, and a constraint on the text needs few states.
 */
final class JsonCharacters implements Encoding {

	static final JsonCharacters ENCODING = new JsonCharacters();

	private static final CodePointSet CONTROL = CodePointSet.of(0, 0x1F);

	private static final String SHORT = "\"\\\b\f\n\r\t";

	private static final String SHORT_LETTERS = "\"\\bfnrt";

	private static final CodePointSet ESCAPED = CodePointSet
			.union(List.of(CONTROL, CodePointSet.of('"', '"', '\\', '\\')));

	private JsonCharacters() {
	}

	@Override
	public void write(Nfa nfa, int from, CodePointSet characters, int to) {
		Utf8.ENCODING.write(nfa, from, characters.minus(ESCAPED), to);
		int backslash = Nfa.NONE;
		for (int escaped = 0; escaped <= '\\'; escaped++) {
			if (!ESCAPED.contains(escaped) || !characters.contains(escaped)) {
				continue;
			}
			if (backslash == Nfa.NONE) {
				backslash = nfa.node();
				nfa.symbols(from, '\\', '\\', backslash);
			}
			writeEscape(nfa, backslash, escaped, to);
		}
	}

	private static void writeEscape(Nfa nfa, int backslash, int escaped, int to) {
		int letter = SHORT.indexOf(escaped);
		if (letter >= 0) {
			nfa.symbols(backslash, SHORT_LETTERS.charAt(letter), SHORT_LETTERS.charAt(letter), to);
			return;
		}
		var digits = "%04x".formatted(escaped);
		int node = nfa.node();
		nfa.symbols(backslash, 'u', 'u', node);
		for (int i = 0; i < digits.length(); i++) {
			int next = i == digits.length() - 1 ? to : nfa.node();
			char digit = digits.charAt(i);
			nfa.symbols(node, digit, digit, next);
			nfa.symbols(node, Character.toUpperCase(digit), Character.toUpperCase(digit), next);
			node = next;
		}
	}

}
