package dev.corral.openai;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * {@code CreateCompletionResponse} of the OpenAI API: whole completions, or a part of streamed ones.
 *
 * @param created seconds since the epoch
 */
record TextCompletion(String id, String object, long created, String model, List<Choice> choices) {

	static TextCompletion of(CompletionHead head, List<Choice> choices) {
		return new TextCompletion(head.id(), "text_completion", head.created(), head.model(), choices);
	}

	WithUsage withUsage(@Nullable CompletionUsage usage) {
		return new WithUsage(this, usage);
	}

	/**
	 * A completion, or a part of one.
	 *
	 * @param logprobs null unless asked for; required, so written as null
	 * @param finishReason null in all parts but the last; required, so written as null
	 * @param promptTokenIds absent unless asked for, and in all parts but the first
	 * @param tokenIds absent unless asked for; those that were generated
	 * @param facts absent unless token ids are streamed
	 */
	record Choice(int index, String text, @Nullable TextLogprobs logprobs, @Nullable String finishReason,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Integer> promptTokenIds,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Integer> tokenIds,
			@JsonUnwrapped @Nullable TextFacts facts) {

		/** Without facts. */
		Choice(int index, String text, @Nullable TextLogprobs logprobs, @Nullable String finishReason,
				@Nullable List<Integer> promptTokenIds, @Nullable List<Integer> tokenIds) {
			this(index, text, logprobs, finishReason, promptTokenIds, tokenIds, null);
		}

	}

	/**
	 * Whole completions, or a part of a stream whose usage was asked for.
	 *
	 * @param usage null in all parts but the last; the field must be there all the same
	 */
	record WithUsage(@JsonUnwrapped TextCompletion completion, @Nullable CompletionUsage usage) {
	}

}
