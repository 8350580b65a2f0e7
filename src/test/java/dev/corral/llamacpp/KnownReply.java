package dev.corral.llamacpp;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.InferenceEngine;
import dev.corral.inference.TokenLogprob;
import dev.corral.inference.Usage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request and the reply that an engine gives to it alone, with nothing cached: what it must get in any company.
 *
 * @param margins by token of a greedy reply, how much more likely it was than the next in natural log-probabilities, as far as that is
 * known; empty for others
 */
record KnownReply(GenerationRequest request, Reply reply, List<Double> margins) {

	/** Enough that the next most likely token which a constraint allows is mostly among them. */
	private static final int LOGPROBS = 20;

	/** @param alone an engine of one sequence that has not met the salt */
	static KnownReply ask(InferenceEngine alone, GenerationRequest request, String salt) {
		var asked = request.sampling().greedy() ? request.withLogprobs(LOGPROBS) : request;
		var reply = Reply.of(alone.generate(asked.withCacheSalt(salt)));
		assertThat(reply.usage().cachedTokens()).isZero();
		return new KnownReply(asked, reply, reply.logprobs().stream().map(KnownReply::margin).toList());
	}

	/**
	 * To the most likely token that is less likely. Of those above it a constraint may have forbidden all, and of those below it some; if
	 * no other is known, it may have been as likely.
	 */
	private static double margin(TokenLogprob chosen) {
		return chosen.top().stream()
				.filter(other -> other.tokenId() != chosen.tokenId() && other.logprob() <= chosen.logprob())
				.mapToDouble(other -> chosen.logprob() - other.logprob())
				.min().orElse(0);
	}

	/**
	 * Compares a reply, or the beginning of one that was withdrawn, with this one token for token. Greedy ones may part only where rounding
	 * may have decided, and are no longer compared from there. Where a draw falls between two tokens is not known, so that of sampled ones
	 * only the caller can tell whether too many part.
	 *
	 * @param usage of the reply if it came to its end
	 * @param rounding the largest margin that rounding can turn round
	 * @return how many tokens were the same
	 */
	int compare(List<Integer> tokens, @Nullable Usage usage, double rounding) {
		int length = Math.min(tokens.size(), reply.tokenIds().size());
		int same = 0;
		while (same < length && tokens.get(same).equals(reply.tokenIds().get(same))) {
			same++;
		}
		int expected = reply.usage().completionTokens();
		boolean parted = same < length
				|| (usage != null && usage.completionTokens() != reply.usage().completionTokens());
		if (parted && request.sampling().greedy()) {
			assertThat(marginAt(same)).as("margin of token %d, %s of %s instead of %s of %s", same, tokens, usage,
					reply.tokenIds(), reply.usage()).isLessThan(rounding);
		}
		return same;
	}

	/** Of the last token, where the reply ends by itself, it is not known. */
	private double marginAt(int token) {
		return token < margins.size() ? margins.get(token) : 0;
	}

}
