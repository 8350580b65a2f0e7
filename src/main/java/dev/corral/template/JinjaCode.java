package dev.corral.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** Rewrites what stands inside of a tag of a Jinja template; {@link JinjaSource} says why. */
final class JinjaCode {

	/** Far beyond real templates, and few enough that a sum of lists stays small. */
	private static final int MOST_CHARACTERS = 8192;
	private static final int MOST_SUMS = 64;

	/** Jinjava looks from each opening bracket to the closing one before it parses what is between them. */
	private static final int MOST_BRACKETS = 16;

	private static final Pattern REVERSE = Pattern.compile("\\[\\s*::\\s*-1\\s*]");

	/** The name under which Jinjava hands its interpreter to expressions: a way out of every sandbox. */
	private static final String INTERPRETER = "int3rpr3t3r";

	private JinjaCode() {
	}

	/** Where a tag of this kind ends: at its closing mark outside of strings and of literal maps, or -1. */
	static int end(String source, int from, char kind) {
		char mark = kind == '{' ? '}' : kind;
		int braces = 0;
		for (int i = from; i < source.length(); i++) {
			char character = source.charAt(i);
			if (character == '"' || character == '\'') {
				i = endOfString(source, i);
			} else if (character == mark && braces == 0 && source.startsWith("}", i + 1)) {
				return i;
			} else if (character == '{') {
				braces++;
			} else if (character == '}') {
				braces--;
			}
		}
		return -1;
	}

	/** The index of the quote that ends the string which begins at this index, or the end of the source. */
	static int endOfString(String source, int begin) {
		int i = begin + 1;
		while (i < source.length() && source.charAt(i) != source.charAt(begin)) {
			i += source.charAt(i) == '\\' ? 2 : 1;
		}
		return Math.min(i, source.length());
	}

	static String rewrite(String code) {
		if (code.length() > MOST_CHARACTERS) {
			throw new IllegalArgumentException("a tag has more than %d characters".formatted(MOST_CHARACTERS));
		}
		var rewritten = new StringBuilder();
		var bare = new StringBuilder();
		var arguments = new NamedArguments(!code.startsWith("macro"));
		var reverse = REVERSE.matcher(code);
		for (int i = 0; i < code.length(); i++) {
			char character = code.charAt(i);
			if (character == '"' || character == '\'') {
				int end = Math.min(endOfString(code, i) + 1, code.length());
				rewritten.append(characters(code.substring(i, end)));
				bare.append("''");
				i = end - 1;
			} else if (reverse.region(i, code.length()).lookingAt()) {
				rewritten.append(".reversed()");
				i = reverse.end() - 1;
			} else {
				arguments.copy(code, i, rewritten);
				bare.append(character);
			}
		}
		check(bare.toString());
		return rewritten.toString();
	}

	private static void check(String withoutStrings) {
		if (withoutStrings.chars().filter(c -> c == '+' || c == '~').count() > MOST_SUMS) {
			throw new IllegalArgumentException("a tag has more than %d sums".formatted(MOST_SUMS));
		}
		if (withoutStrings.contains(INTERPRETER)) {
			throw new IllegalArgumentException("it asks for the interpreter");
		}
	}

	/** Jinjava knows the short escapes only. */
	private static String characters(String string) {
		int escape = string.indexOf("\\u");
		if (escape < 0) {
			return string;
		}
		var decoded = new StringBuilder();
		for (int i = 0; i < string.length(); i++) {
			if (string.charAt(i) != '\\' || i + 1 == string.length()) {
				decoded.append(string.charAt(i));
			} else if (string.charAt(i + 1) == 'u' && i + 6 <= string.length()) {
				decoded.append((char) Integer.parseInt(string.substring(i + 2, i + 6), 16));
				i += 5;
			} else {
				decoded.append(string, i, i + 2);
				i++;
			}
		}
		return decoded.toString();
	}

	/** Puts parentheses around the values of named arguments: to Jinjava, {@code f(a=b - 1)} is {@code f((a=b) - 1)}. */
	private static final class NamedArguments {

		private final boolean wanted;

		/** For each bracket that is open, whether a parenthesis of ours is open in it. */
		private final Deque<Boolean> open = new ArrayDeque<>();

		NamedArguments(boolean wanted) {
			this.wanted = wanted;
		}

		void copy(String code, int at, StringBuilder rewritten) {
			char character = code.charAt(at);
			boolean closing = ")]}".indexOf(character) >= 0;
			boolean opening = "([{".indexOf(character) >= 0;
			boolean inValue = !open.isEmpty() && open.getFirst();
			if (inValue && (closing || character == ',')) {
				rewritten.append(')');
				open.pop();
				open.push(false);
			}
			rewritten.append(character);
			if (opening) {
				open.push(false);
			} else if (closing && !open.isEmpty()) {
				open.pop();
			} else if (wanted && !inValue && character == '=' && !open.isEmpty() && !isPartOfComparison(code, at)) {
				rewritten.append('(');
				open.pop();
				open.push(true);
			}
			if (open.size() > MOST_BRACKETS) {
				throw new IllegalArgumentException("brackets nest deeper than " + MOST_BRACKETS);
			}
		}

		private static boolean isPartOfComparison(String code, int at) {
			return code.startsWith("=", at + 1) || at == 0 || "=!<>".indexOf(code.charAt(at - 1)) >= 0;
		}

	}

}
