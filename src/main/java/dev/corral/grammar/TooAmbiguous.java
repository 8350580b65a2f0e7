package dev.corral.grammar;

/** There are so many ways to read the text so far that following all of them would hold up the engine. */
final class TooAmbiguous extends IllegalStateException {

	TooAmbiguous(String wherein, int steps) {
		super("The constraint on this reply is too ambiguous: %s takes more than %d steps".formatted(wherein, steps));
	}

}
