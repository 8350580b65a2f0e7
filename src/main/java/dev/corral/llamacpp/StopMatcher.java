package dev.corral.llamacpp;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds stop sequences in text that arrives in pieces, also across their borders. Text that may yet turn out to be the
 * beginning of a stop sequence is held back.
 */
final class StopMatcher {

	private final List<String> stops;

	private final StringBuilder held = new StringBuilder();

	/** The stop sequence that was found. */
	private @Nullable String match;

	StopMatcher(List<String> stops) {
		this.stops = stops;
	}

	/** The text that is now known to be part of the reply; after a match, what came before it, and nothing from then on. */
	String append(String text) {
		if (match != null) {
			return "";
		}
		held.append(text);
		match = firstMatch();
		if (match != null) {
			return take(held.indexOf(match));
		}
		return take(held.length() - possibleBeginning());
	}

	boolean matched() {
		return match != null;
	}

	/** The stop sequence that was found, {@code null} as long as none was. */
	@Nullable
	String match() {
		return match;
	}

	/** What was held back, when no more text comes; nothing after a match. */
	String flush() {
		return match != null ? "" : take(held.length());
	}

	/** The stop sequence that comes first in the held text; of several at one place the one named first. */
	private @Nullable String firstMatch() {
		return stops.stream().filter(stop -> held.indexOf(stop) >= 0).min(Comparator.comparingInt(held::indexOf))
				.orElse(null);
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
