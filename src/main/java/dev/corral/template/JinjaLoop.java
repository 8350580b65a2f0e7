package dev.corral.template;

import org.jspecify.annotations.Nullable;

/**
 * A loop with a condition, {@code for names in elements if condition}, which Jinjava does not know. It is rewritten into one loop that keeps
 * the elements for which the condition holds, in a namespace, for what is set within a loop ends with it, and one over what is kept: so
 * {@code loop.last} and the like count only those, as in Jinja2.
 *
 * <p>Source: Jinja 3.1, "Template Designer Documentation", For; {@code jinja2/parser.py}, {@code parse_for}.
 *
 * @param names one, or several with commas between them, into which each element is taken apart
 */
record JinjaLoop(String names, String elements, String condition) {

	private static final String FOR = "for";

	/** The parts of such a loop, {@code null} if the code of a tag is anything else. What Jinjava takes for a choice stays one. */
	static @Nullable JinjaLoop parse(String code) {
		if (wordAt(code, 0) != FOR.length() || !code.startsWith(FOR)) {
			return null;
		}
		int in = find("in", code, FOR.length());
		int condition = in < 0 ? -1 : find("if", code, in + 2);
		if (condition < 0 || find("else", code, condition + 2) >= 0) {
			return null;
		}
		return new JinjaLoop(code.substring(FOR.length(), in).strip(), code.substring(in + 2, condition).strip(),
				code.substring(condition + 2).strip());
	}

	/** @param number tells the loop from others of the template */
	String rewritten(int number) {
		var kept = "loop_kept_" + number;
		var element = names.indexOf(',') < 0 ? names : "[" + names + "]";
		return ("{%% set %1$s = namespace(kept=([])) %%}{%% for %2$s in %3$s %%}{%% if %4$s %%}"
				+ "{%% set %1$s.kept = %1$s.kept + [%5$s] %%}{%% endif %%}{%% endfor %%}{%% for %2$s in %1$s.kept %%}")
				.formatted(kept, names, elements, condition, element);
	}

	/** Where a word stands outside of strings and brackets, or -1. */
	private static int find(String word, String code, int from) {
		int depth = 0;
		for (int i = from; i < code.length(); i++) {
			char character = code.charAt(i);
			if (character == '"' || character == '\'') {
				i = JinjaCode.endOfString(code, i);
			} else if ("([{".indexOf(character) >= 0) {
				depth++;
			} else if (")]}".indexOf(character) >= 0) {
				depth--;
			} else if (isWordPart(character)) {
				int length = wordAt(code, i);
				if (depth == 0 && length == word.length() && code.startsWith(word, i)) {
					return i;
				}
				i += length - 1;
			}
		}
		return -1;
	}

	/** The length of the word that begins here. */
	private static int wordAt(String code, int from) {
		int end = from;
		while (end < code.length() && isWordPart(code.charAt(end))) {
			end++;
		}
		return end - from;
	}

	private static boolean isWordPart(char character) {
		return Character.isLetterOrDigit(character) || character == '_';
	}

}
