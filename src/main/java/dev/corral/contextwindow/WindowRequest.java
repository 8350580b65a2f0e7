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
 * @param extraTokens what the prompt has beyond these sizes, known from making it; 0 at first. Not negative
 */
public record WindowRequest(WindowPolicy policy, int contextTokens, @Nullable Integer maxCompletionTokens,
		int pinnedTokens, List<Integer> turns, int extraTokens) {

	public WindowRequest {
		turns = List.copyOf(turns);
		if (turns.isEmpty()) {
			throw new IllegalArgumentException("a window needs a turn to be replied to");
		}
		if (pinnedTokens < 0 || extraTokens < 0 || turns.stream().anyMatch(tokens -> tokens < 0)) {
			throw new IllegalArgumentException("sizes must not be negative");
		}
	}

	/** Sizes that are taken as they are. */
	public WindowRequest(WindowPolicy policy, int contextTokens, @Nullable Integer maxCompletionTokens,
			int pinnedTokens, List<Integer> turns) {
		this(policy, contextTokens, maxCompletionTokens, pinnedTokens, turns, 0);
	}

	/** The prompt's tokens under a plan for this request, as far as these sizes tell. */
	public long tokens(WindowPlan plan) {
		long head = turns.stream().limit(plan.head()).mapToLong(Integer::longValue).sum();
		long kept = turns.stream().skip(plan.from()).mapToLong(Integer::longValue).sum();
		return pinnedTokens + head + kept + plan.recapTokens() + plan.recallTokens() + extraTokens;
	}

	/**
	 * The request to plan anew when the prompt of a plan turned out longer than it may be. The difference counts as part of the newest turn,
	 * so earlier cuts stay where they were; and since it is all that was missing, the next plan keeps less than this one, or fails.
	 *
	 * @param plan of this request
	 * @param promptTokens tokens of the prompt that was made by it
	 */
	public WindowRequest corrected(WindowPlan plan, int promptTokens) {
		int missing = (int) Math.max(0, promptTokens - tokens(plan));
		return new WindowRequest(policy, contextTokens, maxCompletionTokens, pinnedTokens, turns,
				extraTokens + missing);
	}

}
