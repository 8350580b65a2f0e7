package dev.corral.inference;

import java.util.List;

/**
 * One generation asked of an engine.
 *
 * @param promptTokens the whole prompt as token ids of the engine's vocabulary, not empty
 * @param maxCompletionTokens generate at most this many tokens, at least 1; the context window bounds it further
 * @param sampling how tokens are chosen
 * @param stopSequences texts that end the reply and are not part of it; at most {@value #MAX_STOP_SEQUENCES}, none empty
 */
public record GenerationRequest(List<Integer> promptTokens, int maxCompletionTokens, SamplingParameters sampling,
		List<String> stopSequences) {

	public static final int MAX_STOP_SEQUENCES = 32;

	public GenerationRequest {
		promptTokens = List.copyOf(promptTokens);
		stopSequences = List.copyOf(stopSequences);
		if (promptTokens.isEmpty()) {
			throw new InferenceFailure.PromptEmpty();
		}
		if (maxCompletionTokens < 1) {
			throw new InvalidParameter("max_tokens", "must be 1 or more, but is " + maxCompletionTokens);
		}
		if (stopSequences.size() > MAX_STOP_SEQUENCES) {
			throw new InvalidParameter("stop",
					"may hold at most %d sequences, but holds %d".formatted(MAX_STOP_SEQUENCES, stopSequences.size()));
		}
		if (stopSequences.stream().anyMatch(String::isEmpty)) {
			throw new InvalidParameter("stop", "must not contain an empty sequence");
		}
	}

}
