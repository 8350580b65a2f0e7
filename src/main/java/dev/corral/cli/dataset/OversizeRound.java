package dev.corral.cli.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.corral.template.Role;

/**
 * Cuts a round that is longer than a piece. A reply is left a quarter of the piece at least, or as much as it needs, whatever the
 * user's message takes.
 */
final class OversizeRound {

	private static final int REPLY_SHARE = 4;

	private final PieceMeasure measure;

	private final int maxTokens;

	private final String continuation;

	OversizeRound(PieceMeasure measure, int maxTokens, String continuation) {
		this.measure = measure;
		this.maxTokens = maxTokens;
		this.continuation = continuation;
	}

	/**
	 * All of a round in pieces that fit. Those before the reply begins have no reply; those that go on with it begin with the
	 * continuation.
	 *
	 * @throws NoRoom if some part would be empty
	 */
	List<List<Turn>> split(List<Turn> round) {
		var pieces = new ArrayList<List<Turn>>();
		if (round.size() == 1) {
			pieces.add(List.of(cutAsked(round.getFirst(), List.of(), pieces)));
			return pieces;
		}
		var reply = round.getLast();
		var replyText = new TextCuts(reply.text(), measure);
		var head = reply.withText(replyText.head(maxTokens / REPLY_SHARE));
		var asked = cutAsked(round.getFirst(), List.of(head), pieces);
		while (true) {
			var before = asked;
			var open = reply;
			var part = replyText.take(maxTokens, text -> fits(List.of(before, open.withText(text))));
			if (part.isEmpty() && !replyText.used()) {
				throw new NoRoom(maxTokens);
			}
			pieces.add(List.of(asked, reply.withText(part)));
			if (replyText.used()) {
				return pieces;
			}
			reply = reply.rest(replyText.rest());
			asked = new Turn(Role.USER, continuation, Turn.NOWHERE);
		}
	}

	/**
	 * Puts parts of the user's message into pieces of their own until what is left fits.
	 *
	 * @param head what has to fit behind it
	 */
	private Turn cutAsked(Turn asked, List<Turn> head, List<List<Turn>> pieces) {
		var text = new TextCuts(asked.text(), measure);
		var rest = asked;
		while (!fits(with(rest, head))) {
			var open = rest;
			// What fits by itself but leaves no room for the reply is cut in the middle.
			int most = fits(List.of(rest)) ? Math.max(1, measure.cuts(rest.text()).length / 2) : maxTokens;
			var part = text.take(most, candidate -> fits(List.of(open.withText(candidate))));
			if (part.isEmpty() || text.used()) {
				throw new NoRoom(maxTokens);
			}
			pieces.add(List.of(rest.withText(part)));
			rest = rest.rest(text.rest());
		}
		return rest;
	}

	/**
	 * A round without the ends of its messages.
	 *
	 * @throws NoRoom if nothing would be left of one
	 */
	List<Turn> truncated(List<Turn> round) {
		if (round.size() == 1) {
			return List.of(truncated(round.getFirst(), List.of()));
		}
		var reply = round.getLast();
		var replyText = new TextCuts(reply.text(), measure);
		var asked = truncated(round.getFirst(), List.of(reply.withText(replyText.head(maxTokens / REPLY_SHARE))));
		var answer = replyText.take(maxTokens, text -> fits(List.of(asked, reply.withText(text))));
		return List.of(asked, reply.withText(reply.text().isEmpty() ? "" : some(answer)));
	}

	private Turn truncated(Turn asked, List<Turn> head) {
		var text = new TextCuts(asked.text(), measure);
		return fits(with(asked, head))
				? asked
				: asked.withText(some(text.take(maxTokens, shorter -> fits(with(asked.withText(shorter), head)))));
	}

	private String some(String text) {
		if (text.isEmpty()) {
			throw new NoRoom(maxTokens);
		}
		return text;
	}

	private static List<Turn> with(Turn asked, List<Turn> head) {
		return Stream.concat(Stream.of(asked), head.stream()).toList();
	}

	private boolean fits(List<Turn> turns) {
		return measure.tokens(turns) <= maxTokens;
	}

}
