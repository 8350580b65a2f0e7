package dev.corral.llamacpp;

/**
 * Decides which tokens a reply may go on with. Belongs to one reply; called by one thread at a time.
 */
interface TokenConstraint {

	/** Sets the logit of every token that may not come next to negative infinity. */
	void apply(float[] logits);

	/** Takes note of the next token of the reply. */
	void accept(int token);

	/** The tokens that must come next, as far as there is no choice; perhaps none. */
	default int[] forced() {
		return new int[0];
	}

	/** Whether nothing but the end can come next. */
	default boolean mustEnd() {
		return false;
	}

	/**
	 * What a token stands for in this reply.
	 *
	 * @param usual what it stands for otherwise, empty for control tokens
	 */
	default byte[] piece(int token, byte[] usual) {
		return usual;
	}

	/** A constraint in the same state, which goes on independently. */
	TokenConstraint copy();

}
