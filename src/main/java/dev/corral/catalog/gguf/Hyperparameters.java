package dev.corral.catalog.gguf;

import java.util.List;

/**
 * The shape of a model, as far as the platform needs it or the native loader would abort on it.
 *
 * @param contextTokens the context window it was trained with
 * @param blocks number of transformer blocks
 * @param embeddingLength width of the residual stream
 * @param kvCacheBytesPerToken memory that one token of one sequence takes in an F16 key-value cache; an upper bound where a
 * model attends to a sliding window only
 */
public record Hyperparameters(int contextTokens, int blocks, int embeddingLength, long kvCacheBytesPerToken) {

	/** LLAMA_MAX_LAYERS of llama.cpp v0.5.0. */
	static final int MAX_BLOCKS = 512;

	private static final int MAX_CONTEXT_TOKENS = 1 << 24;

	static final int MAX_EMBEDDING_LENGTH = 1 << 18;

	static Hyperparameters read(String architecture, Metadata metadata) {
		var prefix = architecture + ".";
		int context = metadata.whole(prefix + "context_length", 1, MAX_CONTEXT_TOKENS);
		int embedding = metadata.whole(prefix + "embedding_length", 1, MAX_EMBEDDING_LENGTH);
		int blocks = metadata.whole(prefix + "block_count", 1, MAX_BLOCKS);
		Experts.check(prefix, blocks, metadata);
		checkPrediction(prefix, blocks, metadata);
		checkNumbers(prefix, metadata);
		return new Hyperparameters(context, blocks, embedding,
				Attention.cacheBytesPerToken(prefix, blocks, embedding, metadata));
	}

	/** Blocks that only predict further tokens; they count as blocks. */
	private static void checkPrediction(String prefix, int blocks, Metadata metadata) {
		int predicting = metadata.findWhole(prefix + "nextn_predict_layers", 0, MAX_BLOCKS).orElse(0);
		if (predicting >= blocks) {
			throw Flaw.of("%snextn_predict_layers is %d, it must be below block_count, %d", prefix, predicting, blocks);
		}
	}

	private static void checkNumbers(String prefix, Metadata metadata) {
		for (var key : List.of(prefix + "attention.layer_norm_rms_epsilon", prefix + "attention.layer_norm_epsilon")) {
			metadata.findDecimal(key).filter(epsilon -> !(epsilon >= 0 && epsilon < 1)).ifPresent(epsilon -> {
				throw Flaw.of("%s is %s, it must be at least 0 and below 1", key, epsilon);
			});
		}
	}

}
