package dev.corral.conversation.store;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.InvalidParameter;

/** Text as both databases can store it. */
final class Text {

	/** Longest text of a message in UTF-16 units; that of H2's {@code varchar}. */
	static final int MAX_CONTENT = 1 << 20;

	static final int MAX_MODEL = 256;

	static final int MAX_TOOL_CALL_ID = 1024;

	static final int MAX_METADATA = 1 << 16;

	private static final char REPLACEMENT = '\uFFFD';

	private Text() {
	}

	/**
	 * The text with U+FFFD in the place of each character that UTF-8 or PostgreSQL has not: halves of surrogate pairs, and U+0000. It is
	 * as long as before.
	 */
	static String storable(String text) {
		int flaw = flaw(text, 0);
		if (flaw == text.length()) {
			return text;
		}
		var stored = new StringBuilder(text);
		for (; flaw < text.length(); flaw = flaw(text, flaw + 1)) {
			stored.setCharAt(flaw, REPLACEMENT);
		}
		return stored.toString();
	}

	/** @throws InvalidParameter if the text is longer */
	static @Nullable String storable(String parameter, @Nullable String text, int longest) {
		if (text != null && text.length() > longest) {
			throw new InvalidParameter(parameter,
					"can have at most %d characters to be stored, but has %d".formatted(longest, text.length()));
		}
		return text == null ? null : storable(text);
	}

	/** As much of the text as a column of this length takes. */
	static String shortened(String text, int longest) {
		if (text.length() <= longest) {
			return storable(text);
		}
		return storable(text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest));
	}

	private static int flaw(String text, int from) {
		int at = from;
		while (at < text.length()) {
			char character = text.charAt(at);
			if (character == 0 || Character.isLowSurrogate(character)) {
				return at;
			}
			if (Character.isHighSurrogate(character)) {
				if (at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))) {
					return at;
				}
				at++;
			}
			at++;
		}
		return at;
	}

}
