package dev.corral.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/**
 * The methods of Python's {@code str} that conversation templates use, with Python's meaning.
 *
 * <p>Source: the Python library reference, "String Methods".
 */
final class JinjaText {

	private JinjaText() {
	}

	/** Removes white space at both ends, in Python's sense of the word, which includes the no-break space. */
	static String strip(String text) {
		return strip(text, null, true, true);
	}

	/**
	 * Calls a method.
	 *
	 * @throws IllegalArgumentException if there is no such method with such arguments
	 */
	static @Nullable Object call(String text, String method, List<?> arguments) {
		String first = arguments.isEmpty() ? null : String.valueOf(arguments.getFirst());
		return switch (method) {
			case "strip" -> strip(text, first, true, true);
			case "lstrip" -> strip(text, first, true, false);
			case "rstrip" -> strip(text, first, false, true);
			case "upper" -> text.toUpperCase(Locale.ROOT);
			case "lower" -> text.toLowerCase(Locale.ROOT);
			case "capitalize" -> capitalize(text);
			case "title" -> title(text);
			case "startswith" -> text.startsWith(required(first, method));
			case "endswith" -> text.endsWith(required(first, method));
			case "find" -> text.indexOf(required(first, method));
			case "split" -> split(text, first, arguments.size() > 1 ? number(arguments.get(1)) : Integer.MAX_VALUE);
			case "replace" -> {
				if (arguments.size() != 2) {
					throw new IllegalArgumentException("replace() takes two arguments");
				}
				yield replace(text, required(first, method), String.valueOf(arguments.get(1)));
			}
			default -> throw new IllegalArgumentException("a string has no method " + method + "()");
		};
	}

	/** Replaces all occurrences; the result is limited, because a template could grow it quadratically. */
	static String replace(String text, String old, String fresh) {
		if (old.isEmpty()) {
			throw new IllegalArgumentException("replace() of nothing");
		}
		long length = text.length() + (long) (split(text, old, Integer.MAX_VALUE).size() - 1)
				* (fresh.length() - old.length());
		if (length > JinjaSandbox.MOST_CHARACTERS) {
			throw new IllegalArgumentException("replace() makes too long a text");
		}
		return text.replace(old, fresh);
	}

	private static String strip(String text, @Nullable String characters, boolean left, boolean right) {
		IntPredicate dropped = characters == null ? JinjaText::isSpace : c -> characters.indexOf(c) >= 0;
		int start = 0;
		int end = text.length();
		while (left && start < end && dropped.test(text.charAt(start))) {
			start++;
		}
		while (right && end > start && dropped.test(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isSpace(int character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\u0085';
	}

	private static List<String> split(String text, @Nullable String separator, int most) {
		if (separator == null) {
			String stripped = strip(text);
			return stripped.isEmpty() ? List.of() : Arrays.asList(stripped.split("\\s+"));
		}
		if (separator.isEmpty()) {
			throw new IllegalArgumentException("split() at nothing");
		}
		var parts = new ArrayList<String>();
		int at = 0;
		int next = text.indexOf(separator);
		while (next >= 0 && parts.size() < most) {
			parts.add(text.substring(at, next));
			at = next + separator.length();
			next = text.indexOf(separator, at);
		}
		parts.add(text.substring(at));
		return parts;
	}

	private static String capitalize(String text) {
		return text.isEmpty() ? text : title(text.substring(0, 1)) + text.substring(1).toLowerCase(Locale.ROOT);
	}

	private static String title(String text) {
		var titled = new StringBuilder();
		boolean inWord = false;
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			titled.append(inWord ? Character.toLowerCase(character) : Character.toTitleCase(character));
			inWord = Character.isLetter(character);
		}
		return titled.toString();
	}

	private static String required(@Nullable String argument, String method) {
		if (argument == null) {
			throw new IllegalArgumentException(method + "() takes an argument");
		}
		return argument;
	}

	private static int number(Object argument) {
		if (argument instanceof Number number) {
			return number.intValue() < 0 ? Integer.MAX_VALUE : number.intValue();
		}
		throw new IllegalArgumentException("not a number: " + argument);
	}

}
