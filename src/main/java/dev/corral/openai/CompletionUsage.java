package dev.corral.openai;

import java.util.List;

import dev.corral.inference.Usage;

/** {@code CompletionUsage} of the OpenAI API, in tokens. */
record CompletionUsage(int promptTokens, int completionTokens, int totalTokens, PromptDetails promptTokensDetails) {

	/**
	 * What several replies to one prompt have used: the prompt counts once, with the cached tokens of the reply that found the fewest.
	 */
	static CompletionUsage of(List<Usage> replies) {
		int prompt = replies.getFirst().promptTokens();
		int completion = replies.stream().mapToInt(Usage::completionTokens).sum();
		int cached = replies.stream().mapToInt(Usage::cachedTokens).min().orElseThrow();
		return new CompletionUsage(prompt, completion, prompt + completion, new PromptDetails(cached));
	}

	/** What the replies to several prompts have used. */
	static CompletionUsage sum(List<CompletionUsage> prompts) {
		int prompt = prompts.stream().mapToInt(CompletionUsage::promptTokens).sum();
		int completion = prompts.stream().mapToInt(CompletionUsage::completionTokens).sum();
		int cached = prompts.stream().mapToInt(usage -> usage.promptTokensDetails().cachedTokens()).sum();
		return new CompletionUsage(prompt, completion, prompt + completion, new PromptDetails(cached));
	}

	record PromptDetails(int cachedTokens) {
	}

}
