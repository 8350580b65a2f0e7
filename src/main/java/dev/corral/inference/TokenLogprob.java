package dev.corral.inference;

import java.util.List;

/**
 * How likely a token of a reply was: natural log-probabilities of the model's own distribution, before any bias, constraint, penalty
 * or temperature.
 *
 * @param tokenId the token that was chosen
 * @param logprob at most 0
 * @param bytes what the token stands for, perhaps part of a character; empty for control tokens. Not to be changed
 * @param top the most likely tokens at this place from the most likely down, as many as were asked for; the chosen one is there if it
 * is one of them
 */
public record TokenLogprob(int tokenId, double logprob, byte[] bytes, List<Top> top) {

	public TokenLogprob {
		top = List.copyOf(top);
	}

	/** One of the most likely tokens; components as above. */
	public record Top(int tokenId, double logprob, byte[] bytes) {
	}

}
