package dev.corral.inference;

/**
 * Tokens that an engine has computed before it was known whether they come. Counts begin when the engine was opened.
 *
 * @param promptLookup those that followed the same tokens earlier in their conversation
 * @param draftModel those that a smaller model proposed
 */
public record DraftStatistics(Source promptLookup, Source draftModel) {

	/** Of an engine that has drafted nothing yet. */
	public static final DraftStatistics NONE = new DraftStatistics(Source.NONE, Source.NONE);

	/**
	 * Tokens from one source.
	 *
	 * @param drafted how many were computed
	 * @param accepted how many of them came
	 */
	public record Source(long drafted, long accepted) {

		public static final Source NONE = new Source(0, 0);

	}

}
