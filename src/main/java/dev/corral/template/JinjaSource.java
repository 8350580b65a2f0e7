package dev.corral.template;

/**
 * Rewrites the source of a Jinja template from the dialect that Hugging Face's {@code apply_chat_template} renders
 * (Jinja2 with {@code trim_blocks} and {@code lstrip_blocks}) into the one that Jinjava renders without either.
 *
 * <p>White space control is resolved here, because the two differ in its corner cases: the output has no {@code -} and
 * {@code +} marks and no comments. Beside that: the one trailing newline that Jinja2 drops is dropped, {@code \\uXXXX}
 * escapes become characters, and the slice {@code [::-1]} becomes a call of {@code reversed()}, and a loop with a condition becomes
 * {@linkplain JinjaLoop two}.
 *
 * <p>Source: Jinja 3.1, "Template Designer Documentation", White Space Control; {@code jinja2/lexer.py}.
 */
final class JinjaSource {

	private static final int MOST_CHARACTERS = 1 << 16;

	private final String source;
	private final StringBuilder out = new StringBuilder();
	private int at;

	/** What the tag before the current text does to its beginning. */
	private Trim trim = Trim.NOTHING;
	private boolean lineBegins = true;
	private int loops;

	private enum Trim {

		NOTHING, NEWLINE, ALL

	}

	private JinjaSource(String source) {
		this.source = source;
	}

	/**
	 * The rewritten template.
	 *
	 * @throws IllegalArgumentException if it is too long, has an unclosed tag or uses what cannot be rewritten
	 */
	static String rewrite(String source) {
		if (source.length() > MOST_CHARACTERS) {
			throw new IllegalArgumentException(
					"it has %d characters, more than %d".formatted(source.length(), MOST_CHARACTERS));
		}
		String unix = source.replace("\r\n", "\n").replace('\r', '\n');
		return new JinjaSource(unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix).rewrite();
	}

	private String rewrite() {
		int open = nextTag();
		while (open >= 0) {
			text(source.substring(at, open), source.charAt(open + 1), signAt(open + 2));
			tag(open);
			open = nextTag();
		}
		text(source.substring(at), '\0', '\0');
		return out.toString();
	}

	private int nextTag() {
		for (int i = at; i + 1 < source.length(); i++) {
			if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
				return i;
			}
		}
		return -1;
	}

	private char signAt(int index) {
		return index < source.length() ? source.charAt(index) : '\0';
	}

	/** Writes the text in front of a tag of this kind with this sign. */
	private void text(String text, char tagKind, char sign) {
		String rest = switch (trim) {
			case NOTHING -> text;
			case NEWLINE -> text.startsWith("\n") ? text.substring(1) : text;
			case ALL -> text.stripLeading();
		};
		if (trim != Trim.NOTHING) {
			int dropped = text.length() - rest.length();
			lineBegins = dropped > 0 && text.charAt(dropped - 1) == '\n';
		}
		if (sign == '-' && tagKind != '\0') {
			rest = rest.stripTrailing();
		} else if ((tagKind == '%' || tagKind == '#') && sign != '+') {
			int line = rest.lastIndexOf('\n') + 1;
			if ((line > 0 || lineBegins) && rest.substring(line).isBlank()) {
				rest = rest.substring(0, line);
			}
		}
		if (rest.endsWith("{") && tagKind != '\0') {
			// What follows must not become a part of this brace: {{% is no tag.
			rest = rest.substring(0, rest.length() - 1) + "{{ '{' }}";
		}
		out.append(rest);
	}

	private void tag(int open) {
		char kind = source.charAt(open + 1);
		int close = kind == '#' ? source.indexOf("#}", open + 2) : JinjaCode.end(source, open + 2, kind);
		if (close < 0) {
			throw new IllegalArgumentException(
					"a tag is not closed: " + source.substring(open).lines().findFirst().orElse(""));
		}
		int from = "-+".indexOf(signAt(open + 2)) >= 0 && open + 2 < close ? open + 3 : open + 2;
		char sign = close > from ? source.charAt(close - 1) : '\0';
		int to = "-+".indexOf(sign) >= 0 ? close - 1 : close;
		if (kind != '#') {
			String code = JinjaCode.rewrite(source.substring(from, to).strip());
			var loop = kind == '%' ? JinjaLoop.parse(code) : null;
			if (loop == null) {
				out.append('{').append(kind).append(' ').append(code).append(' ').append(kind == '{' ? '}' : kind)
						.append('}');
			} else {
				out.append(loop.rewritten(++loops));
			}
		}
		at = close + 2;
		lineBegins = false;
		trim = sign == '-' ? Trim.ALL : kind == '{' || sign == '+' ? Trim.NOTHING : Trim.NEWLINE;
	}

}
