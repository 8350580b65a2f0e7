package dev.corral.openai;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.corral.inference.GenerationEvent.Finished;
import dev.corral.inference.GenerationEvent.PromptProcessed;
import dev.corral.inference.Timings;

/**
 * What a stream with token ids tells of a completion beside the fields of the API, so that whoever reads it knows all that the engine
 * has told. Fields are absent where they are null.
 *
 * @param promptTokens tokens of the prompt, when it is read
 * @param cachedTokens how many of them were not computed again, when it is read
 * @param stopSequence the stop sequence that has ended the completion, at its end
 * @param timings at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TextFacts(@Nullable Integer promptTokens, @Nullable Integer cachedTokens, @Nullable String stopSequence,
		@Nullable Nanos timings) {

	static TextFacts of(PromptProcessed prompt) {
		return new TextFacts(prompt.promptTokens(), prompt.cachedTokens(), null, null);
	}

	static TextFacts of(Finished finished) {
		return new TextFacts(null, null, finished.stopSequence(), Nanos.of(finished.timings()));
	}

	/** Components as in {@link Timings}. */
	record Nanos(long queueNanos, long prefillNanos, long decodeNanos) {

		static Nanos of(Timings timings) {
			return new Nanos(timings.queue().toNanos(), timings.prefill().toNanos(), timings.decode().toNanos());
		}

	}

}
