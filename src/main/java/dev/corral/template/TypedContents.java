package dev.corral.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Stands in for what people typed while a Jinja template runs, so that it can be told from the template's own text
 * afterwards. Each piece is replaced by one character of the private use area; the template therefore never sees the
 * text, and nothing typed can look like a sentinel.
 *
 * <p>White space around a piece stays outside of its sentinel: a template that trims then trims it, and one that does not
 * keeps it. The marks of a reasoning model stay outside as well, because its template looks for them to cut the reasoning
 * of earlier replies away.
 *
 * <p>What belongs to tools, {@linkplain #spelled(Object) is spelled out}: only its symbols have sentinels, one for all places of a symbol.
 * So a template can compare types, write JSON and escape what must be escaped, and yet no name of a control token can come up, for none
 * consists of letters, digits, quotes and backslashes alone. Not safe for use by several threads.
 */
final class TypedContents {

	private static final char FIRST_SENTINEL = '\uE000';
	private static final int MOST_PIECES = 0xF8FF - FIRST_SENTINEL + 1;
	private static final Pattern REASONING_MARK = Pattern.compile("</?think>");

	/** Symbols that stand as they are: JSON has to escape the quotes and backslashes, and the others end every name. */
	private static final String PLAIN_SYMBOLS = "\"\\ .,_";

	private final List<String> pieces = new ArrayList<>();

	private final Map<String, Character> symbols = new HashMap<>();

	/**
	 * The text to give to the template in place of this message's content.
	 *
	 * @throws TooMany if there are more pieces than sentinels
	 */
	String masked(Message message) {
		if (message.role() == Role.TOOL) {
			return spelled(message.content());
		}
		if (message.role() != Role.ASSISTANT) {
			return mask(message.content());
		}
		var masked = new StringBuilder();
		var mark = REASONING_MARK.matcher(message.content());
		int at = 0;
		while (mark.find()) {
			masked.append(mask(message.content().substring(at, mark.start()))).append(mark.group());
			at = mark.end();
		}
		return masked.append(mask(message.content().substring(at))).toString();
	}

	private String mask(String text) {
		String core = JinjaText.strip(text);
		if (core.isEmpty()) {
			return text;
		}
		int start = text.indexOf(core);
		return text.substring(0, start) + sentinel(core) + text.substring(start + core.length());
	}

	private char sentinel(String piece) {
		if (pieces.size() == MOST_PIECES) {
			throw new TooMany();
		}
		pieces.add(piece);
		return (char) (FIRST_SENTINEL + pieces.size() - 1);
	}

	/**
	 * A value of JSON for the template to see, with sentinels for the symbols in its strings and names.
	 *
	 * @param value strings, numbers, booleans, lists and maps
	 * @throws TooMany if there are more different symbols than sentinels
	 */
	@Nullable
	Object spelled(@Nullable Object value) {
		return switch (value) {
			case String text -> spelled(text);
			case Map<?, ?> map -> {
				var spelled = new LinkedHashMap<String, @Nullable Object>();
				map.forEach((name, member) -> spelled.put(spelled(String.valueOf(name)), spelled(member)));
				yield spelled;
			}
			case Collection<?> items -> {
				var spelled = new ArrayList<@Nullable Object>();
				items.forEach(item -> spelled.add(spelled(item)));
				yield spelled;
			}
			case null, default -> value;
		};
	}

	private String spelled(String text) {
		var spelled = new StringBuilder();
		text.codePoints().forEach(character -> {
			if (Character.isLetterOrDigit(character) || Character.isISOControl(character)
					|| PLAIN_SYMBOLS.indexOf(character) >= 0) {
				spelled.appendCodePoint(character);
			} else {
				spelled.append(symbols.computeIfAbsent(Character.toString(character), this::sentinel));
			}
		});
		return spelled.toString();
	}

	/** Whether all of a masked text's pieces are still in what the template made of it. */
	static boolean survive(String masked, String rendered) {
		return masked.chars().filter(TypedContents::isSentinel).allMatch(sentinel -> rendered.indexOf(sentinel) >= 0);
	}

	/** Appends a rendered text, with the pieces back in their places. */
	SegmentBuilder restore(String rendered, SegmentBuilder prompt) {
		int at = 0;
		for (int i = 0; i < rendered.length(); i++) {
			int piece = rendered.charAt(i) - FIRST_SENTINEL;
			if (piece >= 0 && piece < pieces.size()) {
				prompt.template(rendered.substring(at, i)).typed(pieces.get(piece));
				at = i + 1;
			}
		}
		return prompt.template(rendered.substring(at));
	}

	/** Whether this character stands for a piece. */
	static boolean isSentinel(int character) {
		return character >= FIRST_SENTINEL && character < FIRST_SENTINEL + MOST_PIECES;
	}

	/** A conversation of more messages than can be told apart. */
	static final class TooMany extends RuntimeException {

		TooMany() {
			super("It has more than %d messages; shorten the conversation.".formatted(MOST_PIECES));
		}

	}

}
