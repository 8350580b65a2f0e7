package dev.corral.cli.dataset;

import java.util.ArrayList;
import java.util.List;

import dev.corral.template.Role;

/**
 * Cuts conversations into pieces that fit a model, in the way that Vicuna's training data was cut (FastChat,
 * {@code fastchat/data/split_long_conversation.py}): pieces consist of whole rounds, follow on each other without overlap, and take as
 * many rounds as fit. Unlike there, lengths are those of the rendered piece, the last round is kept whatever its length, and no piece
 * is too long.
 *
 * <p>Pure, but for what the measure does; as safe for threads as that.
 */
final class ConversationSplitter {

	private final PieceMeasure measure;

	private final int maxTokens;

	private final OversizePolicy policy;

	private final OversizeRound oversize;

	/**
	 * @param maxTokens longest piece
	 * @param continuation what the user says in a piece that begins inside of a reply
	 */
	ConversationSplitter(PieceMeasure measure, int maxTokens, OversizePolicy policy, String continuation) {
		this.measure = measure;
		this.maxTokens = maxTokens;
		this.policy = policy;
		oversize = new OversizeRound(measure, maxTokens, continuation);
	}

	/**
	 * @param turns user and assistant in turn, the user first
	 * @throws NoRoom if some round cannot be cut small enough
	 */
	Split split(List<Turn> turns) {
		if (turns.isEmpty() || fits(turns)) {
			return new Split(turns.isEmpty() ? List.of() : List.of(turns), 0);
		}
		var pieces = new ArrayList<List<Turn>>();
		var fitting = new ArrayList<Round>();
		int oversizeRounds = 0;
		for (var round : rounds(turns)) {
			int tokens = measure.tokens(round);
			if (tokens <= maxTokens) {
				fitting.add(new Round(round, tokens));
				continue;
			}
			oversizeRounds++;
			pack(fitting, pieces);
			fitting.clear();
			var parts = parts(round);
			pieces.addAll(parts.subList(0, Math.max(0, parts.size() - 1)));
			// What follows may still fit behind the last part.
			if (!parts.isEmpty()) {
				fitting.add(new Round(parts.getLast(), measure.tokens(parts.getLast())));
			}
		}
		pack(fitting, pieces);
		return new Split(pieces, oversizeRounds);
	}

	private List<List<Turn>> parts(List<Turn> round) {
		return switch (policy) {
			case SPLIT -> oversize.split(round);
			case TRUNCATE -> List.of(oversize.truncated(round));
			case DROP -> List.of();
		};
	}

	/** Each begins with the user. */
	private static List<List<Turn>> rounds(List<Turn> turns) {
		var rounds = new ArrayList<List<Turn>>();
		for (var turn : turns) {
			if (turn.role() == Role.USER) {
				rounds.add(new ArrayList<>());
			}
			rounds.getLast().add(turn);
		}
		return rounds;
	}

	private void pack(List<Round> rounds, List<List<Turn>> pieces) {
		int first = 0;
		while (first < rounds.size()) {
			int end = end(rounds, first);
			pieces.add(joined(rounds, first, end));
			first = end;
		}
	}

	/** Where a piece that begins with this round ends. Lengths hardly ever add up, so the sum is a first guess. */
	private int end(List<Round> rounds, int first) {
		int end = first + 1;
		int fixed = fixedTokens(rounds, first);
		int guess = rounds.get(first).tokens();
		while (end < rounds.size() && guess + rounds.get(end).tokens() - fixed <= maxTokens) {
			guess += rounds.get(end++).tokens() - fixed;
		}
		while (end > first + 1 && !fits(joined(rounds, first, end))) {
			end--;
		}
		while (end < rounds.size() && fits(joined(rounds, first, end + 1))) {
			end++;
		}
		return end;
	}

	/** What two pieces have twice that one has once, such as the system message. */
	private int fixedTokens(List<Round> rounds, int first) {
		return first + 1 == rounds.size()
				? 0
				: rounds.get(first).tokens() + rounds.get(first + 1).tokens()
						- measure.tokens(joined(rounds, first, first + 2));
	}

	private boolean fits(List<Turn> turns) {
		return measure.tokens(turns) <= maxTokens;
	}

	private static List<Turn> joined(List<Round> rounds, int first, int end) {
		return rounds.subList(first, end).stream().flatMap(round -> round.turns().stream()).toList();
	}

	/** @param tokens of the round as a piece of its own */
	private record Round(List<Turn> turns, int tokens) {
	}

}
