package dev.corral.contextwindow;

/**
 * What of a conversation went to the model for one reply, to be told to whoever reads it.
 *
 * @param contextTokens the model's context window
 * @param reservedTokens room kept free for the reply
 * @param promptTokens tokens of the prompt as it was sent
 * @param keptMessages messages that are in the prompt whole, the newest included and the system message not
 * @param cutMessages messages that are not
 * @param recapTokens tokens of the summary that stands for the messages left out; 0 without one
 * @param recalledMessages how many of the messages left out were brought back for this reply
 * @param truncatedTokens tokens taken out of the middle of the newest message, which alone was too long; 0 normally
 */
public record WindowReport(WindowPolicy policy, int contextTokens, int reservedTokens, int promptTokens,
		int keptMessages, int cutMessages, int recapTokens, int recalledMessages, int truncatedTokens) {
}
