package dev.corral.routing;

import java.time.Duration;

/**
 * A replica at the moment when one is picked for a prompt.
 *
 * @param promptTokens of that prompt
 * @param cachedTokens how many of them it has probably cached
 * @param busy requests that it runs or lets wait
 * @param sequences how many it can run at once, at least 1
 * @param prefillRate prompt tokens that it has computed per second of that; 0 if it has done none
 * @param decodeRate tokens of replies that it has computed per second of that; 0 if it has done none
 */
record Candidate(Replica replica, int promptTokens, int cachedTokens, int busy, int sequences, double prefillRate,
		double decodeRate) {

	static Candidate of(Replica replica, PromptBlocks prompt) {
		var work = replica.engine().work();
		return new Candidate(replica, prompt.tokens(), replica.prefixes().cachedTokens(prompt), replica.busy(),
				Math.max(1, replica.engine().load().sequences()), rate(work.prefillTokens(), work.prefill()),
				rate(work.completionTokens(), work.decode()));
	}

	static double rate(long tokens, Duration time) {
		return time.isZero() ? 0 : tokens * 1e9 / time.toNanos();
	}

	/** Whether no more requests wait than run: beyond that it is overloaded, and no cache makes up for the wait. */
	boolean hasRoom() {
		return busy < 2 * sequences;
	}

}
