package dev.corral.llamacpp;

/**
 * How long a step takes, learned from the calls so far: a part for the sequences that decode, and a part for each token of prefill.
 * All are averages in which recent calls count most, since attention makes tokens dearer the longer a sequence is.
 *
 * <p>Chunks of prefill come in multiples of {@value #TILE_TOKENS} tokens where that is possible. llama.cpp's attention works on tiles
 * of so many, and computes fewer one by one, which costs more than twice as much per token (docs/adr/0007).
 *
 * <p>Owned by the engine thread.
 */
final class StepCost {

	/** {@code GGML_FA_TILE_Q} of ggml/src/ggml-cpu/common.h in llama.cpp v0.5.0. */
	static final int TILE_TOKENS = 64;

	/** Weight of the newest observation. */
	private static final double NEWEST = 0.3;

	/**
	 * Calls with fewer tokens of prefill tell more about the call than about the tokens. So many are always allowed: an estimate
	 * that a busy moment spoiled could otherwise never be corrected.
	 */
	private static final int TELLING_TOKENS = 8;

	/** Taken while nothing is known: few enough to be short on slow machines, and telling. */
	private static final int FIRST_GUESS_TOKENS = 32;

	/** A whole tile is taken though it exceeds the time by up to this factor: part of one would hardly be faster. */
	private static final double TILE_TOLERANCE = 1.5;

	private double decodeNanos;

	/** Per token, in chunks of a tile and more. */
	private double nanosPerTiledToken;

	/** Per token, in smaller chunks. */
	private double nanosPerToken;

	/**
	 * Learns from a call.
	 *
	 * @param decodeTokens tokens of sequences that decoded in it
	 * @param prefillTokens tokens of prefill in it
	 * @param nanos how long it took
	 */
	void observe(int decodeTokens, int prefillTokens, long nanos) {
		if (prefillTokens == 0) {
			decodeNanos = average(decodeNanos, nanos);
			return;
		}
		double perToken = Math.max(0, nanos - (decodeTokens == 0 ? 0 : decodeNanos)) / prefillTokens;
		if (prefillTokens >= TILE_TOKENS) {
			nanosPerTiledToken = average(nanosPerTiledToken, perToken);
		} else if (prefillTokens >= TELLING_TOKENS) {
			nanosPerToken = average(nanosPerToken, perToken);
		}
	}

	/**
	 * How many tokens of prefill a step that also decodes may take on, so that it is done in this time. Where decoding alone takes
	 * most of it, or more, prefill still gets half as long as that: a prompt must not wait for ever.
	 *
	 * @return at least 8, so that it goes on, and goes on learning
	 */
	int prefillTokensWithin(long nanos) {
		double room = Math.max(nanos - decodeNanos, decodeNanos / 2);
		if (nanosPerTiledToken == 0 && nanosPerToken == 0) {
			return FIRST_GUESS_TOKENS;
		}
		double tiled = nanosPerPrefillToken();
		if (TILE_TOKENS * tiled <= room * TILE_TOLERANCE) {
			return wholeTiles(Math.max(TILE_TOKENS, (int) Math.min(room / tiled, Integer.MAX_VALUE)));
		}
		double single = nanosPerToken == 0 ? tiled : nanosPerToken;
		return Math.clamp((long) (room / single), TELLING_TOKENS, TILE_TOKENS - 1);
	}

	/** How long so many tokens of prefill take by themselves, in nanoseconds; 0 if nothing is known. */
	double prefillNanos(int tokens) {
		return tokens * nanosPerPrefillToken();
	}

	private double nanosPerPrefillToken() {
		// Tiles are the cheaper way; if they seem not to be, something held one up.
		return nanosPerTiledToken == 0 || nanosPerToken == 0
				? nanosPerTiledToken + nanosPerToken
				: Math.min(nanosPerTiledToken, nanosPerToken);
	}

	/**
	 * How many of the cached tokens at the beginning of a prompt to use. Where computing a whole tile is cheaper than the few tokens that
	 * are not cached, those before them are computed once more.
	 */
	int worthReusing(int cached, int promptTokens) {
		int rest = promptTokens - cached;
		boolean tileIsCheaper = rest < TILE_TOKENS && promptTokens > TILE_TOKENS && nanosPerTiledToken > 0
				&& rest * nanosPerToken > TILE_TOKENS * nanosPerTiledToken;
		return tileIsCheaper ? promptTokens - TILE_TOKENS : cached;
	}

	/**
	 * How many of the tokens that are left of a prompt to compute now. What does not fill a tile comes first, where attention has the
	 * least to look at.
	 */
	static int nextChunk(int left, int budget) {
		if (left <= budget) {
			return left;
		}
		int odd = left % TILE_TOKENS;
		return budget < TILE_TOKENS || odd == 0
				? wholeTiles(budget)
				: odd + (budget - odd) / TILE_TOKENS * TILE_TOKENS;
	}

	/** So many tokens, or the next fewer that make whole tiles. */
	static int wholeTiles(int tokens) {
		return tokens < TILE_TOKENS ? tokens : tokens / TILE_TOKENS * TILE_TOKENS;
	}

	private static double average(double average, double newest) {
		return average == 0 ? newest : average + NEWEST * (newest - average);
	}

}
