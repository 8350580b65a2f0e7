package dev.corral.chat;

import dev.corral.inference.Usage;

/** Tokens of a reply, as the OpenAI API tells them. */
record UsageAnswer(int promptTokens, int completionTokens, int totalTokens, Details promptTokensDetails) {

	static UsageAnswer of(Usage usage) {
		return new UsageAnswer(usage.promptTokens(), usage.completionTokens(), usage.totalTokens(),
				new Details(usage.cachedTokens()));
	}

	/** @param cachedTokens prompt tokens that were not computed again */
	record Details(int cachedTokens) {
	}

}
