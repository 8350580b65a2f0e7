package dev.corral.contextwindow;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The words of a text in any language, in lower case: runs of letters and digits, and where a script does not part its words with spaces,
 * pairs of neighbouring characters.
 */
final class Words {

	private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA,
			UnicodeScript.KATAKANA, UnicodeScript.HANGUL, UnicodeScript.THAI, UnicodeScript.LAO, UnicodeScript.KHMER,
			UnicodeScript.MYANMAR);

	/** Longer runs are no words; what they begin with tells them apart. */
	private static final int LONGEST = 64;

	private final String text;

	private final Consumer<String> words;

	private Words(String text, Consumer<String> words) {
		this.text = text.toLowerCase(Locale.ROOT);
		this.words = words;
	}

	static void forEach(String text, Consumer<String> words) {
		new Words(text, words).split();
	}

	private void split() {
		int at = 0;
		while (at < text.length()) {
			int character = text.codePointAt(at);
			int end = at + Character.charCount(character);
			if (inWord(character)) {
				boolean pairs = withoutSpaces(character);
				while (end < text.length() && inWord(text.codePointAt(end))
						&& withoutSpaces(text.codePointAt(end)) == pairs) {
					end += Character.charCount(text.codePointAt(end));
				}
				tell(at, end, pairs);
			}
			at = end;
		}
	}

	private void tell(int start, int end, boolean pairs) {
		if (!pairs) {
			words.accept(text.substring(start, Math.min(end, start + LONGEST)));
			return;
		}
		int first = start;
		int second = text.offsetByCodePoints(first, 1);
		if (second == end) {
			words.accept(text.substring(first, end));
		}
		while (second < end) {
			int next = text.offsetByCodePoints(second, 1);
			words.accept(text.substring(first, next));
			first = second;
			second = next;
		}
	}

	private static boolean inWord(int character) {
		return Character.isLetterOrDigit(character) || Character.getType(character) == Character.NON_SPACING_MARK
				|| Character.getType(character) == Character.COMBINING_SPACING_MARK;
	}

	private static boolean withoutSpaces(int character) {
		return character > 0x7f && WITHOUT_SPACES.contains(UnicodeScript.of(character));
	}

}
