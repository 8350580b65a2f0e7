package dev.corral.cli.dataset;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A token is so many characters, and the last of a text may have less; messages and pieces have some more tokens of their own.
 *
 * @param bytePairs whether tokens go across messages, so that lengths do not add up
 */
record FakeMeasure(int charactersPerToken, int perMessage, int perPiece, boolean bytePairs) implements PieceMeasure {

	@Override
	public int tokens(List<Turn> turns) {
		int own = perPiece + turns.size() * perMessage;
		return bytePairs
				? own + tokens(turns.stream().mapToInt(turn -> turn.text().length()).sum())
				: own + turns.stream().mapToInt(turn -> tokens(turn.text().length())).sum();
	}

	private int tokens(int characters) {
		return (characters + charactersPerToken - 1) / charactersPerToken;
	}

	@Override
	public int[] cuts(String text) {
		return IntStream.rangeClosed(1, tokens(text.length()))
				.map(token -> Math.min(token * charactersPerToken, text.length())).toArray();
	}

}
