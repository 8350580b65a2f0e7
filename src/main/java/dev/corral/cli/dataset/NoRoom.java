package dev.corral.cli.dataset;

/** Not even one token of a conversation fits into a piece, because of what comes before it. */
class NoRoom extends RuntimeException {

	NoRoom(int maxTokens) {
		super("a piece of %d tokens has no room beside the system message and the template".formatted(maxTokens));
	}

}
