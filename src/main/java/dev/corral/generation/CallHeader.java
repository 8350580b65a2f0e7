package dev.corral.generation;

import java.util.Set;

import dev.corral.template.ToolFormat;

/** Recognises the beginning of a call, up to its arguments, and what stands between and behind calls. */
final class CallHeader {

	/** In place of an index: the text is none of what was looked for. */
	static final int NO_MATCH = -1;

	/** In place of an index: the text ends before that is known. */
	static final int OPEN = -2;

	/** In a row; no writer needs more, and it bounds what is held back. */
	private static final int MAX_SPACES = 64;

	private final ToolFormat format;

	private final Set<String> tools;

	CallHeader(ToolFormat format, Set<String> tools) {
		this.format = format;
		this.tools = tools;
	}

	/** What a text begins with. */
	sealed interface Match {

		/** Something else than a call. */
		record None() implements Match {
		}

		/** Perhaps a call. */
		record Open() implements Match {
		}

		/** @param arguments where the arguments begin */
		record Call(String tool, int arguments) implements Match {
		}

	}

	/** Matches an opening and the beginning of a call. */
	Match opening(CharSequence text, int from) {
		Match best = new Match.None();
		for (var opening : format.openings()) {
			var match = call(opening.text() + format.beforeName(), opening.marker().length(), text, from);
			if (match instanceof Match.Call) {
				return match;
			}
			if (match instanceof Match.Open) {
				best = match;
			}
		}
		return best;
	}

	/** Matches a separator and the beginning of a further call. */
	Match next(CharSequence text) {
		return call(format.separator() + format.beforeName(), 0, text, 0);
	}

	/** Whether the text begins with a marker. */
	boolean isMarked(CharSequence text) {
		return format.openings().stream().anyMatch(opening -> text.toString().startsWith(opening.marker()));
	}

	/** Where this literal ends in the text, white space aside, or {@link #OPEN} or {@link #NO_MATCH}. */
	int literal(String literal, CharSequence text) {
		return literal(literal, 0, text, 0);
	}

	private Match call(String before, int exact, CharSequence text, int from) {
		int name = literal(before, exact, text, from);
		if (name < 0) {
			return incomplete(name);
		}
		int end = name;
		while (end < text.length() && isNameCharacter(text.charAt(end))) {
			end++;
		}
		var tool = text.subSequence(name, end).toString();
		if (end == text.length()) {
			return tools.stream().anyMatch(known -> known.startsWith(tool)) ? new Match.Open() : new Match.None();
		}
		if (!tools.contains(tool)) {
			return new Match.None();
		}
		// The arguments are an object, so their brace belongs to what must come.
		int arguments = literal(format.beforeArguments() + "{", 0, text, end);
		return arguments < 0 ? incomplete(arguments) : new Match.Call(tool, arguments - 1);
	}

	private static Match incomplete(int index) {
		return index == OPEN ? new Match.Open() : new Match.None();
	}

	private static boolean isNameCharacter(char character) {
		return character < 0x80 && Character.isLetterOrDigit(character) || character == '_' || character == '-';
	}

	/** @param exact so many characters of the literal stand as they are, and white space counts */
	private static int literal(String literal, int exact, CharSequence text, int from) {
		int at = from;
		int spaces = 0;
		for (int i = 0; i < literal.length();) {
			char wanted = literal.charAt(i);
			if (i >= exact && Character.isWhitespace(wanted)) {
				i++;
			} else if (at == text.length()) {
				return OPEN;
			} else if (text.charAt(at) == wanted) {
				i++;
				at++;
				spaces = 0;
			} else if (i >= exact && Character.isWhitespace(text.charAt(at)) && spaces < MAX_SPACES) {
				at++;
				spaces++;
			} else {
				return NO_MATCH;
			}
		}
		return at;
	}

}
