package dev.corral.cli.dataset;

import java.util.Arrays;
import java.util.function.Predicate;

/** A text that is used up from its beginning, in parts that end where a token does. */
final class TextCuts {

	private final String text;

	private final int[] cuts;

	private int begin;

	TextCuts(String text, PieceMeasure measure) {
		this.text = text;
		cuts = measure.cuts(text);
	}

	boolean used() {
		return begin == text.length();
	}

	String rest() {
		return text.substring(begin);
	}

	/** The next tokens, or as many as there are, without using them up. */
	String head(int tokens) {
		int first = next();
		return first == cuts.length ? "" : text.substring(begin, cuts[Math.min(first + tokens, cuts.length) - 1]);
	}

	/**
	 * Uses up the longest part that a test accepts, of at most so many tokens. A test that accepts a part accepts the shorter ones.
	 *
	 * @return empty if it accepts none
	 */
	String take(int tokens, Predicate<String> fits) {
		int low = next() - 1;
		int high = Math.min(next() + tokens, cuts.length) - 1;
		int best = low;
		while (low < high) {
			int middle = low + (high - low + 1) / 2;
			if (fits.test(text.substring(begin, cuts[middle]))) {
				best = middle;
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return best < next() ? "" : use(cuts[best]);
	}

	private String use(int end) {
		var part = text.substring(begin, end);
		begin = end;
		return part;
	}

	/** Index of the first cut behind what is used up. */
	private int next() {
		int found = Arrays.binarySearch(cuts, begin);
		return found < 0 ? -found - 1 : found + 1;
	}

}
