package dev.corral.llamacpp;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * How what a slot holds becomes the beginning of a prompt that lacks a part of it: both begin with the same head, then the prompt goes on with
 * what the slot has further behind. What lies between goes, and the rest slides up (Xiao et al., "Efficient Streaming Language Models
 * with Attention Sinks", ICLR 2024, with a whole prompt's head as the sink).
 *
 * @param head tokens that both begin with
 * @param from position in the slot where the prompt goes on, greater than {@code head}
 * @param length how many tokens slide up, at least 1
 */
record Slide(int head, int from, int length) {

	/** Tokens of the prompt that need not be computed. */
	int tokens() {
		return head + length;
	}

	/** Position in the slot after the tokens that slide up. */
	int end() {
		return from + length;
	}

	/** The same for fewer tokens of the prompt, which must be more than the head. */
	Slide shortenedTo(int tokens) {
		return new Slide(head, from, tokens - head);
	}

	/**
	 * Finds the one after which the most tokens need not be computed, in time that grows with the number of tokens on both sides and no
	 * faster. After the head it looks for the longest beginning of the rest of the prompt anywhere in the rest of the slot, as Knuth, Morris
	 * and Pratt do ("Fast pattern matching in strings", SIAM J. Comput. 6, 1977).
	 *
	 * @param limit how many tokens of the prompt count
	 * @return {@code null} if nothing would slide up
	 */
	static @Nullable Slide of(int[] held, int[] prompt, int limit) {
		int both = Math.min(held.length, limit);
		int mismatch = Arrays.mismatch(held, 0, both, prompt, 0, both);
		if (mismatch < 0) {
			return null;
		}
		int[] borders = borders(prompt, mismatch, Math.min(limit, held.length));
		int matched = 0;
		int length = 0;
		int end = 0;
		for (int position = mismatch; position < held.length && length < borders.length; position++) {
			matched = longer(borders, prompt, mismatch, matched, held[position]);
			if (matched > length) {
				length = matched;
				end = position + 1;
			}
		}
		return length == 0 ? null : new Slide(mismatch, end - length, length);
	}

	/**
	 * For each beginning of a part of the prompt, how long the longest shorter one is that it also ends with.
	 *
	 * @param start of the part
	 * @param end position after it
	 */
	private static int[] borders(int[] prompt, int start, int end) {
		var borders = new int[end - start];
		int border = 0;
		for (int i = 1; i < borders.length; i++) {
			border = longer(borders, prompt, start, border, prompt[start + i]);
			borders[i] = border;
		}
		return borders;
	}

	/** How much of the part is matched after one token more. */
	private static int longer(int[] borders, int[] prompt, int start, int matched, int token) {
		while (matched > 0 && (matched == borders.length || prompt[start + matched] != token)) {
			matched = borders[matched - 1];
		}
		return prompt[start + matched] == token ? matched + 1 : 0;
	}

}
