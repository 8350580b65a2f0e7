package dev.corral.contextwindow;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How windows are cut, as {@code corral.context-window} says.
 *
 * @param policy what is done unless a model, a conversation or a request says otherwise
 * @param cutTo how much may still be there before the newest turn after a cut, of what the prompt may have; 0.1 to 0.95. Cut deep, it
 * has to be cut seldom, and the prompt's beginning, which the engine has cached, stays the same in between
 * @param replyTokens room kept free for the reply where the request asks for no length, as a part of the window; 0.05 to 0.75
 * @param minReplyTokens least room kept free, however long the prompt, at least 1
 * @param recapTokens longest summary, as a part of the window; 0.02 to 0.5
 * @param recallTokens most tokens of messages that are brought back, as a part of the window; 0.02 to 0.5
 */
@ConfigurationProperties("corral.context-window")
public record WindowSettings(WindowPolicy policy, double cutTo, double replyTokens, int minReplyTokens,
		double recapTokens, double recallTokens) {

	public WindowSettings {
		check("cut-to", cutTo, 0.1, 0.95);
		check("reply-tokens", replyTokens, 0.05, 0.75);
		check("recap-tokens", recapTokens, 0.02, 0.5);
		check("recall-tokens", recallTokens, 0.02, 0.5);
		if (minReplyTokens < 1) {
			throw new IllegalArgumentException(
					"corral.context-window.min-reply-tokens must be at least 1, but is " + minReplyTokens);
		}
	}

	private static void check(String name, double value, double least, double most) {
		if (!(value >= least && value <= most)) {
			throw new IllegalArgumentException("corral.context-window.%s must be between %s and %s, but is %s"
					.formatted(name, least, most, value));
		}
	}

}
