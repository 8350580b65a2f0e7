package dev.corral.inference;

import java.time.Duration;

/**
 * What an engine has computed since it was opened.
 *
 * @param prefillTokens tokens of prompts, without those that were cached
 * @param completionTokens tokens of replies
 * @param prefill time of the calls that computed prompts alone
 * @param decode time of the calls in which replies went on
 */
public record WorkStatistics(long prefillTokens, long completionTokens, Duration prefill, Duration decode) {

	/** Of an engine that has computed nothing yet. */
	public static final WorkStatistics NONE = new WorkStatistics(0, 0, Duration.ZERO, Duration.ZERO);

}
