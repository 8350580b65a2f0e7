package dev.corral.generation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowPolicy;
import dev.corral.conversation.MessageId;
import dev.corral.conversation.Segment;

/**
 * What the next reply of a conversation would be given, before what is said next. Sizes are those that windows are planned by, so rather
 * too large.
 *
 * @param reservedTokens room kept free for the reply
 * @param systemTokens preamble, system message and the opening of the reply
 * @param messageTokens of the messages that stay
 * @param recapTokens of the summary of those that do not; the most that it may have as long as there is none
 * @param recallTokens the most that may be brought back of them
 * @param recap the summary; {@code null} if the policy makes none, or it is still to be written
 * @param firstCut the oldest message that is left out; {@code null} if none is
 * @param firstKept the oldest of those that stay behind it; {@code null} if none is left out, or none stays
 */
public record WindowPreview(String model, WindowPolicy policy, int contextTokens, int reservedTokens, int systemTokens,
		int messageTokens, int recapTokens, int recallTokens, int keptMessages, int cutMessages,
		@Nullable String recap, @Nullable MessageId firstCut, @Nullable MessageId firstKept) {

	/** @param recap the summary of what the plan leaves out; {@code null} if there is none yet */
	static WindowPreview of(ReplyPlan plan, @Nullable Segment recap) {
		var window = plan.window();
		var branch = plan.branch();
		var cut = window.leftOut();
		int kept = cut.isEmpty() ? 0 : cut.getLast() + 1;
		return new WindowPreview(plan.model().name(), window.request().policy(), window.request().contextTokens(),
				window.plan().reservedTokens(), window.request().pinnedTokens(), tokens(plan),
				recap == null ? window.plan().recapTokens() : recap.recapTokens(), window.plan().recallTokens(),
				branch.size() - cut.size(), cut.size(), recap == null ? null : recap.recap(),
				cut.isEmpty() ? null : branch.get(cut.getFirst()),
				cut.isEmpty() || kept == branch.size() ? null : branch.get(kept));
	}

	/** Of the stored messages that stay; what is said next is not stored. */
	private static int tokens(ReplyPlan plan) {
		var window = plan.window();
		return List.of(window.head(), window.kept(), window.newest()).stream().flatMap(List::stream)
				.filter(place -> place < plan.branch().size())
				.mapToInt(place -> plan.sizes().get(place).tokens()).sum();
	}

	/** Tokens of all that the prompt would have. */
	public int promptTokens() {
		return systemTokens + messageTokens + recapTokens + recallTokens;
	}

}
