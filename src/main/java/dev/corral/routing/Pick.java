package dev.corral.routing;

/**
 * Where a request goes.
 *
 * @param cachedTokens how many tokens of its prompt are probably cached there
 */
record Pick(Replica replica, Reason reason, int cachedTokens) {

	/** What decided. */
	enum Reason {

		/** It has more of the prompt cached than, or as much as, any other. */
		PREFIX,

		/** Nobody has the prompt cached, so its hash has chosen. */
		HASH,

		/** Another one has more of the prompt cached, and is too busy or too slow. */
		LOAD

	}

}
