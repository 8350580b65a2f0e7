package dev.corral.cli.dataset;

import java.util.List;

/**
 * A conversation in pieces.
 *
 * @param pieces none empty, each beginning with a user's turn
 * @param oversizeRounds how many rounds were longer than a piece may be
 */
record Split(List<List<Turn>> pieces, int oversizeRounds) {

	Split {
		pieces = pieces.stream().map(List::copyOf).toList();
	}

}
