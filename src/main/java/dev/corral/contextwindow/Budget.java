package dev.corral.contextwindow;

import org.jspecify.annotations.Nullable;

/**
 * How a context window is divided between the prompt and the reply, before anything is known of the prompt.
 *
 * @param contextTokens the model's context window
 * @param replyTokens room kept free for the reply as a rule
 * @param leastReplyTokens room kept free for it even where the prompt cannot be made shorter; never more than the above
 */
record Budget(int contextTokens, int replyTokens, int leastReplyTokens) {

	/**
	 * A length that was asked for is kept free up to half of the window, or up to the usual part where that is more: many clients ask for
	 * the whole window, and would be left without a conversation.
	 */
	static Budget of(WindowSettings settings, int contextTokens, @Nullable Integer asked) {
		int usual = (int) (contextTokens * settings.replyTokens());
		int most = Math.max(1, Math.max(usual, contextTokens / 2));
		int least = Math.min(settings.minReplyTokens(), Math.max(1, contextTokens / 2));
		int wanted = usual;
		if (asked != null) {
			wanted = Math.clamp(asked, 1, most);
			least = Math.min(least, wanted);
		}
		return new Budget(contextTokens, Math.max(wanted, least), least);
	}

	/** Tokens that the prompt may have as a rule. */
	int promptTokens() {
		return contextTokens - replyTokens;
	}

	/** Tokens that it may have where it cannot be made shorter. */
	int mostPromptTokens() {
		return contextTokens - leastReplyTokens;
	}

}
