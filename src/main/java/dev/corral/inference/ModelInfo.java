package dev.corral.inference;

/**
 * A loaded model.
 *
 * @param name what clients call it
 * @param description architecture, size and quantization, as the runtime tells it
 * @param vocabularyTokens size of the vocabulary
 * @param contextTokens context window: most tokens of prompt and completion together that one sequence may hold
 * @param trainedContextTokens the context window the model was trained with
 * @param parameters number of weights
 * @param embeddingDimensions length of the vectors that texts become
 */
public record ModelInfo(String name, String description, int vocabularyTokens, int contextTokens,
		int trainedContextTokens, long parameters, int embeddingDimensions) {
}
