package dev.corral.cli.randommodel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits a word into the pieces of a SentencePiece vocabulary: beginning with characters, the neighbours whose union ranks first
 * are joined until none is in the vocabulary ({@code llm_tokenizer_spm} of llama.cpp).
 */
final class PieceMerges {

	private final Map<String, Integer> ranks = new HashMap<>();

	/** @param first tokens before this id are not text and join nothing */
	PieceMerges(List<String> tokens, int first) {
		for (int id = first; id < tokens.size(); id++) {
			add(tokens.get(id), id);
		}
	}

	/** @param rank higher than that of every piece before */
	void add(String piece, int rank) {
		ranks.put(piece, rank);
	}

	List<String> split(String word) {
		var pieces = new ArrayList<>(word.codePoints().mapToObj(Character::toString).toList());
		for (int best = best(pieces); best >= 0; best = best(pieces)) {
			pieces.set(best, pieces.get(best) + pieces.remove(best + 1));
		}
		return pieces;
	}

	/** The first of the two neighbours to be joined next, or -1. */
	private int best(List<String> pieces) {
		int best = -1;
		int bestRank = Integer.MAX_VALUE;
		for (int i = 0; i + 1 < pieces.size(); i++) {
			int rank = ranks.getOrDefault(pieces.get(i) + pieces.get(i + 1), Integer.MAX_VALUE);
			if (rank < bestRank) {
				best = i;
				bestRank = rank;
			}
		}
		return best;
	}

}
