package dev.corral.catalog.gguf;

/** What is wrong with a file, from a place that does not know its name; {@link GgufReader} makes an {@link InvalidGguf} of it. */
final class Flaw extends RuntimeException {

	/** Longer names are cut in messages: they come from the file. */
	private static final int QUOTED_CHARACTERS = 80;

	Flaw(String problem) {
		super(problem);
	}

	@SuppressWarnings("AnnotateFormatMethod") // not worth a dependency for the annotation
	static Flaw of(String problem, Object... arguments) {
		return new Flaw(problem.formatted(arguments));
	}

	/** Text from the file, made fit for a one-line message. */
	static String quoted(String text) {
		var cut = text.length() > QUOTED_CHARACTERS ? text.substring(0, QUOTED_CHARACTERS) + "…" : text;
		return "'" + cut.replaceAll("\\p{Cntrl}", "?") + "'";
	}

}
