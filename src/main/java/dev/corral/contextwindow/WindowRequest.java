package dev.corral.contextwindow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a window has to be planned for. All sizes are tokens as they are in the prompt, with what the template writes around.
 *
 * @param contextTokens the model's context window
 * @param maxCompletionTokens longest reply that was asked for; {@code null} if none was
 * @param pinnedTokens the template's preamble and the system message
 * @param turns the branch as turns: a user's message with all that follows until the next one; the last is the one to be replied to,
 * and stays whatever happens. Not empty, sizes not negative
 */
public record WindowRequest(WindowPolicy policy, int contextTokens, @Nullable Integer maxCompletionTokens,
		int pinnedTokens, List<Integer> turns) {

	public WindowRequest {
		turns = List.copyOf(turns);
		if (turns.isEmpty()) {
			throw new IllegalArgumentException("a window needs a turn to be replied to");
		}
	}

}
