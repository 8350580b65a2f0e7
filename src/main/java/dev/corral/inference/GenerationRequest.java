package dev.corral.inference;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One generation asked of an engine.
 *
 * @param promptTokens the whole prompt as token ids of the engine's vocabulary, not empty
 * @param maxCompletionTokens generate at most this many tokens, 0 or more; the context window bounds it further. With 0 the prompt is
 * read and nothing else
 * @param sampling how tokens are chosen
 * @param stopSequences texts that end the reply and are not part of it; at most {@value #MAX_STOP_SEQUENCES}, none empty
 * @param constraint what the reply must look like; {@code null} leaves it free
 * @param logprobs how many of the most likely tokens to report with each token's log-probability, 0 to
 * {@value #MAX_LOGPROBS}; {@code null} reports none
 * @param promptLogprobs the same for the tokens of the prompt, which are then all computed, whatever is cached of them; {@code null}
 * reports none
 * @param priority requests of a higher one are served first and keep their place when memory is short; 0 is normal,
 * -{@value #MAX_PRIORITY} to {@value #MAX_PRIORITY}
 * @param tenant whose request it is, where tenants must not share cached prefixes; empty when nobody told
 * @param cacheSalt only requests with the same one share cached prefixes; empty for most
 * @param slidesCache whether the newest part of what is cached may slide up where this prompt lacks what came before it, instead of being
 * computed anew. Much faster for a conversation whose oldest turns have gone, and the reply an approximation: that part still knows of what
 * was dropped. Ignored where the model cannot do it
 * @param resumed the beginning of the reply itself, at the end of {@code promptTokens}; mostly {@link Resumed#NONE}. All else is as for the
 * whole reply, and so are its end and its usage. The log-probabilities of the prompt, which were told before, are not told
 */
public record GenerationRequest(List<Integer> promptTokens, int maxCompletionTokens, SamplingParameters sampling,
		List<String> stopSequences, @Nullable OutputConstraint constraint, @Nullable Integer logprobs,
		@Nullable Integer promptLogprobs, int priority, String tenant, String cacheSalt,
		boolean slidesCache, Resumed resumed) {

	public static final int MAX_STOP_SEQUENCES = 32;

	public static final int MAX_LOGPROBS = 20;

	public static final int MAX_PRIORITY = 1000;

	public GenerationRequest {
		promptTokens = List.copyOf(promptTokens);
		stopSequences = List.copyOf(stopSequences);
		if (promptTokens.isEmpty()) {
			throw new InferenceFailure.PromptEmpty();
		}
		if (maxCompletionTokens < 0) {
			throw new InvalidParameter("max_tokens", "must be 0 or more, but is " + maxCompletionTokens);
		}
		if (stopSequences.size() > MAX_STOP_SEQUENCES) {
			throw new InvalidParameter("stop",
					"may hold at most %d sequences, but holds %d".formatted(MAX_STOP_SEQUENCES, stopSequences.size()));
		}
		if (stopSequences.stream().anyMatch(String::isEmpty)) {
			throw new InvalidParameter("stop", "must not contain an empty sequence");
		}
		checkCount("top_logprobs", logprobs);
		checkCount("prompt_logprobs", promptLogprobs);
		if (priority < -MAX_PRIORITY || priority > MAX_PRIORITY) {
			throw new InvalidParameter("priority", "must be between %d and %d, but is %d".formatted(-MAX_PRIORITY,
					MAX_PRIORITY, priority));
		}
		checkResumed(resumed.tokens(), promptTokens.size(), maxCompletionTokens);
	}

	private static void checkResumed(int tokens, int promptTokens, int maxCompletionTokens) {
		int most = Math.min(promptTokens - 1, maxCompletionTokens);
		if (tokens > most) {
			throw new InvalidParameter("resumed_tokens",
					"must leave a token of the prompt and be at most 'max_tokens', so at most %d, but is %d"
							.formatted(most, tokens));
		}
	}

	private static void checkCount(String parameter, @Nullable Integer logprobs) {
		if (logprobs != null && (logprobs < 0 || logprobs > MAX_LOGPROBS)) {
			throw new InvalidParameter(parameter,
					"must be between 0 and %d, but is %d".formatted(MAX_LOGPROBS, logprobs));
		}
	}

	/** A free reply of normal priority. */
	public GenerationRequest(List<Integer> promptTokens, int maxCompletionTokens, SamplingParameters sampling,
			List<String> stopSequences) {
		this(promptTokens, maxCompletionTokens, sampling, stopSequences, null, null, null, 0, "", "", false,
				Resumed.NONE);
	}

	public GenerationRequest withPromptTokens(List<Integer> promptTokens) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

	public GenerationRequest withSampling(SamplingParameters sampling) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

	public GenerationRequest withConstraint(@Nullable OutputConstraint constraint) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

	public GenerationRequest withLogprobs(@Nullable Integer logprobs) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

	public GenerationRequest withPromptLogprobs(@Nullable Integer promptLogprobs) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

	public GenerationRequest withPriority(int priority) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

	public GenerationRequest withTenant(String tenant) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

	public GenerationRequest withCacheSalt(String cacheSalt) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

	public GenerationRequest withSlidesCache(boolean slidesCache) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

	public GenerationRequest withResumed(Resumed resumed) {
		return new GenerationRequest(promptTokens, maxCompletionTokens, sampling, stopSequences, constraint, logprobs,
				promptLogprobs, priority, tenant, cacheSalt, slidesCache, resumed);
	}

}
