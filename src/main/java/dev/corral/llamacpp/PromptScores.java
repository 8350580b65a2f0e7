package dev.corral.llamacpp;

import java.util.List;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.TokenLogprob;

/** The log-probabilities of one prompt's tokens, as they become known. Those of different tokens may come from different threads. */
final class PromptScores {

	private final int count;

	private final @Nullable TokenLogprob[] scores;

	/**
	 * @param count how many of the most likely tokens to report at each place
	 * @param promptTokens length of the prompt
	 */
	PromptScores(int count, int promptTokens) {
		this.count = count;
		scores = new TokenLogprob[promptTokens - 1];
	}

	/**
	 * Takes the logits of the token before this one.
	 *
	 * @param position of this token in the prompt, at least 1
	 * @param pieceOf gives the bytes that a token stands for
	 */
	void score(float[] logits, int position, int token, IntFunction<byte[]> pieceOf) {
		scores[position - 1] = Logprobs.of(token, logits, count, pieceOf);
	}

	/** All of them, once the whole prompt is computed: one for each token but the first. */
	List<TokenLogprob> all() {
		return List.of(scores);
	}

}
