package dev.corral.generation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.inference.GenerationRequest;
import dev.corral.inference.OutputConstraint;
import dev.corral.inference.Resumed;
import dev.corral.inference.SamplingParameters;

/**
 * Continuations of texts asked for, without any conversation around them.
 *
 * @param model the name of a served model
 * @param prompts what is to be continued
 * @param maxCompletionTokens as in {@link GenerationRequest#maxCompletionTokens}
 * @param logprobs as in {@link GenerationRequest#logprobs}
 * @param promptLogprobs as in {@link GenerationRequest#promptLogprobs}
 * @param priority as in {@link GenerationRequest#priority}
 * @param tenant as in {@link GenerationRequest#tenant}
 * @param cacheSalt as in {@link GenerationRequest#cacheSalt}
 * @param constraint as in {@link GenerationRequest#constraint}
 * @param slidesCache as in {@link GenerationRequest#slidesCache}
 * @param resumed as in {@link GenerationRequest#resumed}; only of one prompt of token ids
 */
public record CompletionRequest(String model, Prompts prompts, int maxCompletionTokens, SamplingParameters sampling,
		List<String> stopSequences, @Nullable Integer logprobs, @Nullable Integer promptLogprobs, int priority,
		String tenant, String cacheSalt, @Nullable OutputConstraint constraint, boolean slidesCache, Resumed resumed) {

	/** Most tokens of all prompts of a request together. */
	public static final int MAX_PROMPT_TOKENS = 1 << 18;

	/** The same where the log-probabilities of all of them are told: about 250 bytes each. */
	public static final int MAX_SCORED_TOKENS = 1 << 16;

	public CompletionRequest {
		stopSequences = List.copyOf(stopSequences);
	}

	/** How many tokens of the window a prompt must leave: none where a resumed reply may fill it. */
	int leastReplyTokens() {
		return maxCompletionTokens == 0 || resumed.tokens() > 0 ? 0 : 1;
	}

	int maxPromptTokens() {
		return promptLogprobs == null ? MAX_PROMPT_TOKENS : MAX_SCORED_TOKENS;
	}

	GenerationRequest generation(List<Integer> promptTokens) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences).withLogprobs(logprobs)
				.withPromptLogprobs(promptLogprobs).withPriority(priority).withTenant(tenant).withCacheSalt(cacheSalt)
				.withConstraint(constraint).withSlidesCache(slidesCache).withResumed(resumed);
	}

	/**
	 * What is to be continued.
	 *
	 * @param inputs each of them on its own, at least one
	 * @param suffix what follows on the continuation, if that is to fill a gap
	 * @param addBeginOfSequence whether text begins with the beginning-of-sequence token where the model uses one; token ids never get
	 * one
	 * @param takesControlTokens whether names of control tokens in texts are these tokens, as they are to whoever writes a model's whole
	 * prompt oneself; else they are text like any other
	 */
	public record Prompts(List<TextInput> inputs, @Nullable String suffix, boolean addBeginOfSequence,
			boolean takesControlTokens) {

		public Prompts {
			inputs = List.copyOf(inputs);
		}

	}

}
