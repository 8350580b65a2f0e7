package dev.corral.chat;

import org.jspecify.annotations.Nullable;

import dev.corral.generation.WindowPreview;

/**
 * What of a conversation would go to the model for the next reply; components as in {@link WindowPreview}.
 *
 * @param promptTokens of all this together
 */
record NextWindowAnswer(String model, String policy, int contextTokens, int reservedTokens, int systemTokens,
		int messageTokens, int recapTokens, int recallTokens, int promptTokens, int keptMessages, int cutMessages,
		@Nullable String recap, @Nullable String firstCutId, @Nullable String firstKeptId) {

	static NextWindowAnswer of(WindowPreview window) {
		return new NextWindowAnswer(window.model(), window.policy().id(), window.contextTokens(),
				window.reservedTokens(), window.systemTokens(), window.messageTokens(), window.recapTokens(),
				window.recallTokens(), window.promptTokens(), window.keptMessages(), window.cutMessages(),
				window.recap(), MessageAnswer.text(window.firstCut()), MessageAnswer.text(window.firstKept()));
	}

}
