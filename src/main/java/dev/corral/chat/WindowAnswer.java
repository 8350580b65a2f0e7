package dev.corral.chat;

import dev.corral.contextwindow.WindowReport;

/** What of a conversation went to the model; components as in {@link WindowReport}. */
record WindowAnswer(String policy, int contextTokens, int reservedTokens, int promptTokens, int keptMessages,
		int cutMessages, int recapTokens, int recalledMessages, int truncatedTokens) {

	static WindowAnswer of(WindowReport report) {
		return new WindowAnswer(report.policy().id(), report.contextTokens(), report.reservedTokens(),
				report.promptTokens(), report.keptMessages(), report.cutMessages(), report.recapTokens(),
				report.recalledMessages(), report.truncatedTokens());
	}

}
