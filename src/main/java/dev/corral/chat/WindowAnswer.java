package dev.corral.chat;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.corral.contextwindow.WindowReport;
import dev.corral.conversation.MessageId;

/**
 * What of a conversation went to the model; components as in {@link WindowReport}.
 *
 * @param firstCutId the oldest message that was left out; {@code null} if none was
 * @param firstKeptId the oldest of those that stayed behind it; {@code null} if none was left out
 * @param recalledIds those of the messages between these two that were brought back
 */
record WindowAnswer(String policy, int contextTokens, int reservedTokens, int promptTokens, int keptMessages,
		int cutMessages, int recapTokens, int recalledMessages, int truncatedTokens, @Nullable String firstCutId,
		@Nullable String firstKeptId, List<String> recalledIds) {

	/** @param branch the messages before the reply, from the first on; may be empty if none was left out */
	static WindowAnswer of(WindowReport report, List<MessageId> branch) {
		var places = report.within(branch.size()).places();
		return places == null
				? of(report, null, null, List.of())
				: of(report, branch.get(places.firstCut()), branch.get(places.firstKept()),
						places.recalled().stream().map(place -> branch.get(place).toString()).toList());
	}

	private static WindowAnswer of(WindowReport report, @Nullable MessageId firstCut, @Nullable MessageId firstKept,
			List<String> recalled) {
		return new WindowAnswer(report.policy().id(), report.contextTokens(), report.reservedTokens(),
				report.promptTokens(), report.keptMessages(), report.cutMessages(), report.recapTokens(),
				report.recalledMessages(), report.truncatedTokens(), MessageAnswer.text(firstCut),
				MessageAnswer.text(firstKept), recalled);
	}

}
