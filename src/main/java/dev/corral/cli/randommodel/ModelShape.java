package dev.corral.cli.randommodel;

import dev.corral.inference.InvalidParameter;

/**
 * The shape of a model in the LLaMA architecture.
 *
 * @param layers number of transformer blocks, 1 to {@value #MAX_LAYERS}
 * @param width of the residual stream: a multiple of 32 and of the heads, at most {@value #MAX_WIDTH}
 * @param heads attention heads; each must be an even number of elements wide
 * @param kvHeads heads of keys and values; divides the heads
 * @param feedForward inner width of the feed-forward layers, a multiple of 32, at most {@value #MAX_WIDTH}
 * @param vocabulary number of tokens, {@value #MIN_VOCABULARY} to {@value #MAX_VOCABULARY}
 * @param contextTokens the context window it claims to be trained with, 1 to {@value #MAX_CONTEXT}
 * @param type how its matrices are stored
 */
public record ModelShape(int layers, int width, int heads, int kvHeads, int feedForward, int vocabulary,
		int contextTokens, WeightType type) {

	static final int MAX_LAYERS = 512;

	static final int MAX_WIDTH = 1 << 16;

	/** Control tokens, one token per byte, and room for the commonest pieces. */
	static final int MIN_VOCABULARY = 512;

	static final int MAX_VOCABULARY = 1 << 17;

	static final int MAX_CONTEXT = 1 << 20;

	public ModelShape {
		require("layers", layers, 1, MAX_LAYERS);
		require("width", width, WeightType.BLOCK, MAX_WIDTH);
		requireMultiple("width", width, WeightType.BLOCK);
		require("heads", heads, 1, width / 2);
		requireMultiple("width", width, 2 * heads);
		require("kv-heads", kvHeads, 1, heads);
		requireMultiple("heads", heads, kvHeads);
		requireMultiple("the width of the keys", width / heads * kvHeads, WeightType.BLOCK);
		require("feed-forward", feedForward, WeightType.BLOCK, MAX_WIDTH);
		requireMultiple("feed-forward", feedForward, WeightType.BLOCK);
		require("vocabulary", vocabulary, MIN_VOCABULARY, MAX_VOCABULARY);
		require("context", contextTokens, 1, MAX_CONTEXT);
	}

	/** Elements of one attention head. */
	int headWidth() {
		return width / heads;
	}

	/** Elements of the keys, and of the values, of one token. */
	int keyWidth() {
		return headWidth() * kvHeads;
	}

	private static void require(String name, int actual, int least, int most) {
		if (actual < least || actual > most) {
			throw new InvalidParameter(name, "must be between %d and %d, but is %d".formatted(least, most, actual));
		}
	}

	private static void requireMultiple(String name, int actual, int factor) {
		if (actual % factor != 0) {
			throw new InvalidParameter(name, "must be a multiple of %d, but is %d".formatted(factor, actual));
		}
	}

}
