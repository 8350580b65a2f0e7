package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import dev.corral.inference.Dry;

/**
 * Penalizes tokens that would repeat an earlier passage, as {@link Dry} describes. Where passages equal the end of the text is found
 * by the Z-algorithm (Gusfield, "Algorithms on Strings, Trees and Sequences", 1997, section 1.4) on the latest tokens read backwards,
 * so the time for a token is linear in the range, whatever repeats.
 */
final class DryPenalty {

	/** Keeps logits finite, so that a token can still be chosen when all are penalized. */
	private static final double MOST = 1e6;

	private final Dry parameters;

	private final IntFunction<byte[]> pieces;

	private final SequenceBreakers breakers;

	/** The latest tokens, a breaker as the complement of its id; at least the range, at most twice as many. */
	private int[] row;

	private int length;

	/** Tokens since the last breaker. */
	private int unbroken;

	/** By distance from the end: how long the passage that ends there equals the end. */
	private int[] equal = {};

	private final Map<Integer, Integer> longest = new HashMap<>();

	DryPenalty(Dry parameters, List<Integer> promptTokens, IntFunction<byte[]> pieces) {
		this.parameters = parameters;
		this.pieces = pieces;
		breakers = new SequenceBreakers(parameters.sequenceBreakers());
		int range = parameters.rangeTokens();
		row = new int[Math.min(64, 2 * range)];
		int size = promptTokens.size();
		promptTokens.subList(Math.max(0, size - range), size).forEach(this::accept);
	}

	private DryPenalty(DryPenalty other) {
		parameters = other.parameters;
		pieces = other.pieces;
		breakers = other.breakers.copy();
		row = other.row.clone();
		length = other.length;
		unbroken = other.unbroken;
	}

	DryPenalty copy() {
		return new DryPenalty(this);
	}

	/** Notes the next token of the text. */
	void accept(int token) {
		boolean breaker = breakers.endIn(pieces.apply(token));
		unbroken = breaker ? 0 : unbroken + 1;
		if (parameters.rangeTokens() > 0) {
			makeRoom();
			row[length++] = breaker ? ~token : token;
		}
	}

	private void makeRoom() {
		int range = parameters.rangeTokens();
		if (length == 2 * range) {
			System.arraycopy(row, range, row, 0, range);
			length = range;
		} else if (length == row.length) {
			row = Arrays.copyOf(row, Math.min(2 * range, 2 * length));
		}
	}

	void apply(float[] logits) {
		int range = Math.min(length, parameters.rangeTokens());
		int limit = Math.min(unbroken, range);
		if (limit < parameters.allowedTokens()) {
			return;
		}
		findEqualPassages(range);
		for (int distance = 1; distance < range; distance++) {
			int follower = backwards(distance - 1);
			int tokens = Math.min(equal[distance], limit);
			if (tokens >= parameters.allowedTokens() && follower >= 0) {
				longest.merge(follower, tokens, Math::max);
			}
		}
		longest.forEach((token, tokens) -> logits[token] -= (float) penalty(tokens));
		longest.clear();
	}

	private double penalty(int tokens) {
		return Math.min(MOST,
				parameters.multiplier() * Math.pow(parameters.base(), tokens - parameters.allowedTokens()));
	}

	/** {@code left} and {@code right} bound the passage that reached furthest so far; inside it, earlier results are known to hold. */
	private void findEqualPassages(int range) {
		if (equal.length < range) {
			equal = new int[row.length];
		}
		int left = 0;
		int right = 0;
		for (int distance = 1; distance < range; distance++) {
			int same = distance < right ? Math.min(right - distance, equal[distance - left]) : 0;
			while (distance + same < range && backwards(same) == backwards(distance + same)) {
				same++;
			}
			equal[distance] = same;
			if (distance + same > right) {
				left = distance;
				right = distance + same;
			}
		}
	}

	private int backwards(int distance) {
		return row[length - 1 - distance];
	}

}
