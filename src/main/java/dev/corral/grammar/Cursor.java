package dev.corral.grammar;

import dev.corral.inference.InvalidParameter;

/** A place in a text that is being read, by code point. Not safe for threads. */
final class Cursor {

	/** What {@link #peek} gives at the end of the text. */
	static final int END = -1;

	/** Numbers are cut here: far beyond every limit, and still an int. */
	private static final int LARGEST_NUMBER = 1_000_000_000;

	private final int[] codePoints;

	private final Place place;

	private final boolean lines;

	private int position;

	/** @param lines whether errors tell line and column, and not the offset */
	Cursor(String text, Place place, boolean lines) {
		this.codePoints = text.codePoints().toArray();
		this.place = place;
		this.lines = lines;
		for (position = 0; position < codePoints.length; position++) {
			if (codePoints[position] <= Character.MAX_SURROGATE && codePoints[position] >= Character.MIN_SURROGATE) {
				throw problem("half a surrogate pair cannot be written in UTF-8");
			}
		}
		position = 0;
	}

	int position() {
		return position;
	}

	void moveTo(int position) {
		this.position = position;
	}

	int peek() {
		return position < codePoints.length ? codePoints[position] : END;
	}

	int next() {
		int codePoint = peek();
		if (codePoint == END) {
			throw problem("it ends too early");
		}
		position++;
		return codePoint;
	}

	boolean take(int codePoint) {
		if (peek() != codePoint) {
			return false;
		}
		position++;
		return true;
	}

	/** Takes the text if it comes next, as a whole. */
	boolean take(String text) {
		int start = position;
		for (int i = 0; i < text.length(); i++) {
			if (!take(text.charAt(i))) {
				position = start;
				return false;
			}
		}
		return true;
	}

	boolean atDigit() {
		return peek() >= '0' && peek() <= '9';
	}

	/** A decimal number, at least one digit; too large ones become a billion. */
	int number() {
		if (!atDigit()) {
			throw problem("a number is expected");
		}
		long number = 0;
		while (atDigit()) {
			number = Math.min(LARGEST_NUMBER, 10 * number + next() - '0');
		}
		return (int) number;
	}

	/** A character given by exactly this many hexadecimal digits. */
	int hex(int digits) {
		int value = 0;
		for (int i = 0; i < digits; i++) {
			int digit = Character.digit(peek(), 16);
			if (peek() >= 0x80 || digit < 0) {
				throw problem("%d hexadecimal digits are expected".formatted(digits));
			}
			value = 16 * value + digit;
			position++;
		}
		return value;
	}

	/** The error that something is wrong here. */
	InvalidParameter problem(String problem) {
		return placeOf(position).problem(problem);
	}

	Place placeOf(int position) {
		return new Place(place.parameter(), new Spot("", position));
	}

	/** The place of something that has a name. */
	Place placeOf(String name, int position) {
		return new Place(place.parameter(), new Spot(name, position));
	}

	private String describe(int spot) {
		if (!lines) {
			return "offset " + spot;
		}
		int line = 1;
		int column = 1;
		for (int i = 0; i < spot; i++) {
			column = codePoints[i] == '\n' ? 1 : column + 1;
			line += codePoints[i] == '\n' ? 1 : 0;
		}
		return "line %d, column %d".formatted(line, column);
	}

	/** Describes itself when asked, because counting lines takes time. */
	private final class Spot {

		private final String name;

		private final int spot;

		private Spot(String name, int spot) {
			this.name = name;
			this.spot = spot;
		}

		@Override
		public String toString() {
			var within = place.where().toString().isEmpty() ? "" : place.where() + ", ";
			return within + (name.isEmpty() ? describe(spot) : "%s (%s)".formatted(name, describe(spot)));
		}

	}

}
