package dev.corral.contextwindow;

import dev.corral.inference.InferenceFailure;

/**
 * Decides which turns of a conversation go to the model. The plan is a function of the turns' sizes alone: it replays the conversation
 * from its first turn and cuts where the window was full then, so whoever asks again about a longer conversation finds the earlier cuts
 * where they were. Immutable and safe for any thread; a plan takes time in proportion to the turns.
 *
 * <ol>
 * <li>The reply gets its room: the length that was asked for, or a part of the window. What is left is what the prompt may have.
 * <li>The pinned part and the newest turn are in the prompt. If they do not fit, first the room for summaries and for what is brought back
 * shrinks, then the reply's room, down to its least; then the request fails.
 * <li>Older turns stay as they are for as long as everything fits.
 * <li>When it does not, whole turns are left out, the oldest first, until those before the newest take no more than the policy leaves
 * after a cut; see {@link WindowPolicy}.
 * </ol>
 *
 * <p>How far a cut goes does not depend on the newest turn unless that needs more room, so the reply, which makes it longer, does not move
 * the cut: as long as what was kept fits together with what came after it, the same is kept again.
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
		return new Replay(settings, budget(request), request).plan();
	}

	/**
	 * The most tokens that the newest turn may have for the reply to keep its usual room; 0 if the pinned part takes it all. A message that
	 * is too long by itself can be shortened to this, see {@link MiddleTruncation}.
	 */
	public int newestTurnLimit(WindowRequest request) {
		return Math.max(0, budget(request).promptTokens() - request.pinnedTokens() - request.extraTokens());
	}

	private Budget budget(WindowRequest request) {
		return Budget.of(settings, request.contextTokens(), request.maxCompletionTokens());
	}

}
