package dev.corral.contextwindow;

import java.util.List;

import org.jspecify.annotations.Nullable;

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
 * @param systemTokens tokens of the prompt beside its messages and the summary, as they were planned: preamble, system message, tools and
 * the opening of the reply; {@code null} if that was not noted
 * @param places which messages were left out; {@code null} if none were, or that was not noted
 */
public record WindowReport(WindowPolicy policy, int contextTokens, int reservedTokens, int promptTokens,
		int keptMessages, int cutMessages, int recapTokens, int recalledMessages, int truncatedTokens,
		@Nullable Integer systemTokens, @Nullable Places places) {

	/** A report in numbers alone. */
	public WindowReport(WindowPolicy policy, int contextTokens, int reservedTokens, int promptTokens, int keptMessages,
			int cutMessages, int recapTokens, int recalledMessages, int truncatedTokens) {
		this(policy, contextTokens, reservedTokens, promptTokens, keptMessages, cutMessages, recapTokens,
				recalledMessages, truncatedTokens, null, null);
	}

	/** This report about a reply that has so many messages before it; places that are not among them are left out. */
	public WindowReport within(int messages) {
		return places == null || places.firstKept() < messages
				? this
				: new WindowReport(policy, contextTokens, reservedTokens, promptTokens, keptMessages, cutMessages,
						recapTokens, recalledMessages, truncatedTokens, systemTokens, null);
	}

	/**
	 * Messages by how many others are before them on their branch.
	 *
	 * @param firstCut the oldest that was left out, at least 0
	 * @param firstKept the oldest of those that stayed behind it, so more than {@code firstCut}
	 * @param recalled those of the messages left out that were brought back, in their order
	 */
	public record Places(int firstCut, int firstKept, List<Integer> recalled) {

		public Places {
			recalled = List.copyOf(recalled);
			if (firstCut < 0 || firstKept <= firstCut) {
				throw new IllegalArgumentException("messages cannot be left out from %d to before %d"
						.formatted(firstCut, firstKept));
			}
			int least = firstCut;
			for (int place : recalled) {
				if (place < least || place >= firstKept) {
					throw new IllegalArgumentException("message %d was not left out, or is named in no order"
							.formatted(place));
				}
				least = place + 1;
			}
		}

	}

}
