package dev.corral.anthropic;

import dev.corral.inference.Usage;

/**
 * {@code Usage} of the Anthropic API, in tokens. The prompt has {@code inputTokens} and {@code cacheReadInputTokens} together; nobody
 * pays for what goes into the cache here, so nothing is counted as its creation.
 */
record MessageUsage(int inputTokens, int cacheCreationInputTokens, int cacheReadInputTokens, int outputTokens) {

	static MessageUsage of(Usage usage) {
		return new MessageUsage(usage.promptTokens() - usage.cachedTokens(), 0, usage.cachedTokens(),
				usage.completionTokens());
	}

}
