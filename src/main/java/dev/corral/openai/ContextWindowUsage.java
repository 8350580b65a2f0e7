package dev.corral.openai;

import dev.corral.contextwindow.WindowReport;

/** What of a conversation was in the prompt; the parts are those of {@link WindowReport}. */
record ContextWindowUsage(String policy, int contextTokens, int reservedTokens, int keptMessages, int cutMessages,
		int recalledMessages) {

	static ContextWindowUsage of(WindowReport report) {
		return new ContextWindowUsage(report.policy().id(), report.contextTokens(), report.reservedTokens(),
				report.keptMessages(), report.cutMessages(), report.recalledMessages());
	}

}
