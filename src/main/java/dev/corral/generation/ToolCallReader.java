package dev.corral.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.corral.template.ToolFormat;

/**
 * Takes the calls of tools out of the text of one reply, which may come in any pieces: the parts that come out are the same but for
 * where they are cut. Text that may become a call is held back; once it is known to be none it comes out unchanged. White space before a
 * call is dropped. Between the parts of a call white space is free. Not safe for threads.
 */
final class ToolCallReader {

	private final ToolFormat format;

	private final CallHeader header;

	private final List<Part> parts = new ArrayList<>();

	/** What may become a call, or the end of one. */
	private final StringBuilder held = new StringBuilder();

	/** White space that is dropped if a call follows. */
	private final StringBuilder spaces = new StringBuilder();

	private Place place = Place.TEXT;

	/** Whether the reply has said something or called: then calls of some formats cannot begin any more. */
	private boolean begun;

	private int depth;

	private boolean inString;

	private boolean escaped;

	private enum Place {

		TEXT, ARGUMENTS, END_OF_CALL, BETWEEN_CALLS

	}

	/** @param tools the names of what may be called */
	ToolCallReader(ToolFormat format, Set<String> tools) {
		this.format = format;
		this.header = new CallHeader(format, tools);
	}

	/** A part of a reply. */
	sealed interface Part {

		/** What is said. */
		record Text(String text) implements Part {
		}

		/** A call begins. */
		record Call(String tool) implements Part {
		}

		/** More of the arguments of the call that has begun last. */
		record Arguments(String json) implements Part {
		}

	}

	/** Takes more of the reply and tells what is known now. */
	List<Part> append(String text) {
		read(text);
		return taken();
	}

	/**
	 * Takes note that the reply has ended.
	 *
	 * @param cut whether it would have gone on; half a call is none, and no text either
	 */
	List<Part> end(boolean cut) {
		if (place == Place.TEXT && !(cut && header.isMarked(held))) {
			say(held.toString());
			put(spaces.toString());
		}
		held.setLength(0);
		spaces.setLength(0);
		return taken();
	}

	/** Whether a call has begun and not ended. */
	boolean inCall() {
		return place != Place.TEXT;
	}

	/** Whether it keeps text back. */
	boolean holding() {
		return held.length() + spaces.length() > 0;
	}

	private List<Part> taken() {
		var taken = List.copyOf(parts);
		parts.clear();
		return taken;
	}

	private void read(String text) {
		held.append(text);
		boolean moved = true;
		while (moved) {
			moved = switch (place) {
				case TEXT -> readText();
				case ARGUMENTS -> readArguments();
				case END_OF_CALL -> goOn(header.literal(format.afterArguments(), held), Place.BETWEEN_CALLS);
				case BETWEEN_CALLS -> readBetweenCalls();
			};
		}
	}

	private boolean readText() {
		for (int at = 0; at < held.length(); at++) {
			if (!format.anywhere() && (begun || !held.substring(0, at).isBlank())) {
				break;
			}
			var match = header.opening(held, at);
			if (!(match instanceof CallHeader.Match.None)) {
				say(held.substring(0, at));
				held.delete(0, at);
				return match instanceof CallHeader.Match.Call call && begin(call, call.arguments() - at);
			}
		}
		say(held.toString());
		held.setLength(0);
		return false;
	}

	/** @param arguments where they begin in the held text */
	private boolean begin(CallHeader.Match.Call call, int arguments) {
		spaces.setLength(0);
		held.delete(0, arguments);
		parts.add(new Part.Call(call.tool()));
		begun = true;
		place = Place.ARGUMENTS;
		return true;
	}

	/** Takes an object up to its closing brace. */
	private boolean readArguments() {
		boolean complete = false;
		int end = 0;
		while (end < held.length() && !complete) {
			complete = closes(held.charAt(end++));
		}
		if (end > 0) {
			parts.add(new Part.Arguments(held.substring(0, end)));
			held.delete(0, end);
		}
		if (complete) {
			place = Place.END_OF_CALL;
		}
		return complete;
	}

	/** Whether this character of the arguments is the last. */
	private boolean closes(char character) {
		if (escaped) {
			escaped = false;
		} else if (inString) {
			escaped = character == '\\';
			inString = character != '"';
		} else if (character == '"') {
			inString = true;
		} else if (character == '{' || character == '[') {
			depth++;
		} else if (character == '}' || character == ']') {
			return --depth == 0;
		}
		return false;
	}

	private boolean readBetweenCalls() {
		if (!format.several()) {
			return goOn(0, Place.TEXT);
		}
		var next = header.next(held);
		if (next instanceof CallHeader.Match.Call call) {
			return begin(call, call.arguments());
		}
		int closing = header.literal(format.closing(), held);
		return (closing > 0 || next instanceof CallHeader.Match.None) && goOn(closing, Place.TEXT);
	}

	/** @param end where what was expected ends in the held text, or why it does not; what was not expected is text */
	private boolean goOn(int end, Place next) {
		if (end == CallHeader.OPEN) {
			return false;
		}
		place = end == CallHeader.NO_MATCH ? Place.TEXT : next;
		held.delete(0, Math.max(end, 0));
		return true;
	}

	/** Says text, except for the white space at its end. */
	private void say(String text) {
		int end = text.stripTrailing().length();
		if (end > 0) {
			put(spaces + text.substring(0, end));
			spaces.setLength(0);
			begun = true;
		}
		spaces.append(text, end, text.length());
	}

	private void put(String text) {
		if (text.isEmpty()) {
			return;
		}
		if (!parts.isEmpty() && parts.getLast() instanceof Part.Text last) {
			parts.set(parts.size() - 1, new Part.Text(last.text() + text));
		} else {
			parts.add(new Part.Text(text));
		}
	}

}
