package dev.corral.conversation.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.corral.conversation.SearchHit.Mark;

/** The part of a text that shows why it was found. */
final class Excerpt {

	/** UTF-16 units before the first word that was searched for. */
	private static final int BEFORE = 60;

	/** UTF-16 units altogether. */
	private static final int LENGTH = 200;

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

	private Excerpt() {
	}

	/** The words of what somebody searches for, as they are typed. */
	static List<String> words(String text) {
		return WORD.matcher(text).results().map(MatchResult::group).toList();
	}

	/** The text around the first of the words that it has; its beginning if it has none. */
	static String of(String text, List<String> words) {
		int hit = words.stream().mapToInt(word -> indexOf(text, word)).filter(index -> index >= 0).min().orElse(0);
		int from = hit <= BEFORE ? 0 : boundary(text, hit - BEFORE);
		int to = text.length() - from <= LENGTH ? text.length() : boundary(text, from + LENGTH);
		return (from == 0 ? "" : "…") + text.substring(from, to) + (to == text.length() ? "" : "…");
	}

	/** Where the words are in a text, in order; where several begin, the longest. Marks do not overlap. */
	static List<Mark> marks(String text, List<String> words) {
		var marks = new ArrayList<Mark>();
		for (int index = 0; index < text.length();) {
			int end = index + longestAt(text, index, words);
			if (end > index) {
				marks.add(new Mark(index, end));
			}
			index = Math.max(end, index + 1);
		}
		return marks;
	}

	/** Length of the longest word that is there; 0 if none is. */
	private static int longestAt(String text, int index, List<String> words) {
		return words.stream().filter(word -> text.regionMatches(true, index, word, 0, word.length()))
				.mapToInt(String::length).max().orElse(0);
	}

	private static int indexOf(String text, String word) {
		for (int index = 0; index <= text.length() - word.length(); index++) {
			if (text.regionMatches(true, index, word, 0, word.length())) {
				return index;
			}
		}
		return -1;
	}

	private static int boundary(String text, int index) {
		return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
	}

}
