package dev.corral.inference;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What an engine tells about a running generation, in this order: {@link Admitted}, {@link PromptProcessed}, any number of
 * {@link TokenDelta}, then exactly one of {@link Finished} and {@link Failed}.
 */
public sealed interface GenerationEvent {

	/** The request waits for its turn or runs: it was not rejected. */
	record Admitted() implements GenerationEvent {
	}

	/**
	 * The prompt's key-value cache is complete and decoding begins.
	 *
	 * @param promptTokens tokens of the prompt
	 * @param cachedTokens how many of them were not computed again
	 * @param logprobs if the request asks for those of the prompt, one for each of its tokens but the first, which follows on nothing;
	 * else empty
	 */
	record PromptProcessed(int promptTokens, int cachedTokens,
			List<TokenLogprob> logprobs) implements GenerationEvent {

		public PromptProcessed {
			logprobs = List.copyOf(logprobs);
		}

		public PromptProcessed(int promptTokens, int cachedTokens) {
			this(promptTokens, cachedTokens, List.of());
		}

	}

	/**
	 * Text that is final: whole characters, and no part of a stop sequence.
	 *
	 * @param text never empty
	 * @param tokenIds the tokens whose text begins in this delta, perhaps none; the text of the last may still be incomplete
	 * @param logprobs one for each of the tokens if the request asks for log-probabilities, else empty
	 */
	record TokenDelta(String text, List<Integer> tokenIds, List<TokenLogprob> logprobs) implements GenerationEvent {

		public TokenDelta {
			tokenIds = List.copyOf(tokenIds);
			logprobs = List.copyOf(logprobs);
			if (!logprobs.isEmpty() && logprobs.size() != tokenIds.size()) {
				throw new IllegalArgumentException(
						"%d log-probabilities for %d tokens".formatted(logprobs.size(), tokenIds.size()));
			}
		}

		public TokenDelta(String text, List<Integer> tokenIds) {
			this(text, tokenIds, List.of());
		}

		/** This delta and the next as one, for a reader that is behind. */
		public TokenDelta plus(TokenDelta next) {
			return new TokenDelta(text + next.text, joined(tokenIds, next.tokenIds), joined(logprobs, next.logprobs));
		}

		private static <T> List<T> joined(List<T> first, List<T> second) {
			return Stream.concat(first.stream(), second.stream()).toList();
		}

	}

	/**
	 * The generation ended as intended.
	 *
	 * @param stopSequence the one of the request's stop sequences that ended it, {@code null} if none did
	 * @param rest generated tokens that no delta told
	 */
	record Finished(FinishReason reason, Usage usage, Timings timings, @Nullable String stopSequence,
			Rest rest) implements GenerationEvent {

		public Finished(FinishReason reason, Usage usage, Timings timings) {
			this(reason, usage, timings, null);
		}

		public Finished(FinishReason reason, Usage usage, Timings timings, @Nullable String stopSequence) {
			this(reason, usage, timings, stopSequence, Rest.NONE);
		}

	}

	/**
	 * Tokens at the end of a reply whose text is none of the reply's: the one that ended the generation, those of a stop sequence, and
	 * those of a character that is not complete.
	 *
	 * @param logprobs one for each of the tokens if the request asks for log-probabilities, else empty
	 */
	record Rest(List<Integer> tokenIds, List<TokenLogprob> logprobs) {

		public static final Rest NONE = new Rest(List.of(), List.of());

		public Rest {
			tokenIds = List.copyOf(tokenIds);
			logprobs = List.copyOf(logprobs);
		}

	}

	/** The generation ended without being complete; what was emitted before stays valid. */
	record Failed(InferenceFailure failure, Usage usage) implements GenerationEvent {
	}

}
