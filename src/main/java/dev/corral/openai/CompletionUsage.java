package dev.corral.openai;

import dev.corral.inference.Usage;

/** {@code CompletionUsage} of the OpenAI API, in tokens. */
record CompletionUsage(int promptTokens, int completionTokens, int totalTokens, PromptDetails promptTokensDetails) {

	static CompletionUsage of(Usage usage) {
		return new CompletionUsage(usage.promptTokens(), usage.completionTokens(), usage.totalTokens(),
				new PromptDetails(usage.cachedTokens()));
	}

	record PromptDetails(int cachedTokens) {
	}

}
