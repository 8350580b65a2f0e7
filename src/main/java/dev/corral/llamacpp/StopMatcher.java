package dev.corral.llamacpp;

import java.util.List;

/**
 * Finds stop sequences in text that arrives in pieces, also across their borders. Text that may yet turn out to be the
 * beginning of a stop sequence is held back.
 */
final class StopMatcher {

	private final List<String> stops;

	private final StringBuilder held = new StringBuilder();

	private boolean matched;

	StopMatcher(List<String> stops) {
		this.stops = stops;
	}

	/** The text that is now known to be part of the reply; after a match, what came before it, and nothing from then on. */
	String append(String text) {
		if (matched) {
			return "";
		}
		held.append(text);
		int match = firstMatch();
		if (match >= 0) {
			matched = true;
			return take(match);
		}
		return take(held.length() - possibleBeginning());
	}

	boolean matched() {
		return matched;
	}

	/** What was held back, when no more text comes; nothing after a match. */
	String flush() {
		return matched ? "" : take(held.length());
	}

	private int firstMatch() {
		return stops.stream().mapToInt(held::indexOf).filter(index -> index >= 0).min().orElse(-1);
	}

	/** Length of the longest end of the held text that some stop sequence begins with. */
	private int possibleBeginning() {
		int longest = 0;
		for (var stop : stops) {
			for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
				if (stop.startsWith(held.substring(held.length() - length))) {
					longest = length;
				}
			}
		}
		return longest;
	}

	private String take(int length) {
		var text = held.substring(0, length);
		held.delete(0, length);
		return text;
	}

}
