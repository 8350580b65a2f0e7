package dev.corral.cli.dataset;

/** What is done about a round, a user's message with the reply to it, that alone is longer than a piece may be. */
enum OversizePolicy {

	/** Its messages are cut into parts, and each part is in a piece. */
	SPLIT,

	/** The ends of its messages are left out. */
	TRUNCATE,

	/** It is left out. */
	DROP

}
