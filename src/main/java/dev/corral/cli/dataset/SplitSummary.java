package dev.corral.cli.dataset;

import java.util.Locale;

/** What was read, written and left out. */
final class SplitSummary {

	long conversations;

	long bad;

	long pieces;

	long oversizeRounds;

	long withoutQuestion;

	long unanswered;

	/** @param policy what was done with rounds that were too long */
	String text(OversizePolicy policy) {
		var done = switch (policy) {
			case SPLIT -> "cut into parts";
			case TRUNCATE -> "truncated";
			case DROP -> "left out";
		};
		return String.format(Locale.ROOT, """
			%,d conversations in %,d pieces.
			%,d rounds longer than a piece were %s.
			%,d replies that nobody had asked for were left out, and %,d questions that nobody had answered.
			%,d records could not be read.""", conversations, pieces, oversizeRounds, done, withoutQuestion, unanswered,
				bad);
	}

}
