package dev.corral.conversation.exchange;

import tools.jackson.core.JacksonException;

/** Says what is wrong with JSON in a few words on one line. */
final class JsonProblems {

	private static final int SHOWN = 200;

	private JsonProblems() {
	}

	static String text(JacksonException invalid) {
		var said = invalid.getOriginalMessage().replaceAll("\\s+", " ").replaceFirst(" \\(start marker at .*", "")
				.strip();
		var shown = said.length() <= SHOWN ? said : said.substring(0, SHOWN) + "…";
		var location = invalid.getLocation();
		return location == null
				? shown
				: "%s (line %d, column %d)".formatted(shown, location.getLineNr(), location.getColumnNr());
	}

}
