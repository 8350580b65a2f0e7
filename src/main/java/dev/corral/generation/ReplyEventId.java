package dev.corral.generation;

import java.util.regex.Pattern;

import dev.corral.inference.InvalidParameter;

/**
 * How far a reader of a reply has come. It needs no log to go on from: what a reply has told is its text and a few facts, so whoever
 * has stored those can tell the rest to a reader at any place.
 *
 * @param stage which kinds of {@link ReplyProgress} are behind the reader, in their order
 * @param characters UTF-16 units of the text that are
 */
public record ReplyEventId(Stage stage, int characters) {

	/** Before everything. */
	public static final ReplyEventId START = new ReplyEventId(Stage.START, 0);

	private static final Pattern FORMAT = Pattern.compile("([0-7])-(0|[1-9][0-9]{0,8})");

	/** In the order in which a reader meets them. */
	public enum Stage {

		START, QUEUED, WINDOW, PREFILL, TEXT, CALLS, USED, ENDED

	}

	/** @throws InvalidParameter if the text is not one that {@link #toString} has made */
	public static ReplyEventId parse(String parameter, String text) {
		var matcher = FORMAT.matcher(text);
		if (!matcher.matches()) {
			throw new InvalidParameter(parameter, "must be the id of an event of this reply");
		}
		return new ReplyEventId(Stage.values()[Integer.parseInt(matcher.group(1))],
				Integer.parseInt(matcher.group(2)));
	}

	@Override
	public String toString() {
		return stage.ordinal() + "-" + characters;
	}

}
