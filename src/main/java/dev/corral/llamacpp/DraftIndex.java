package dev.corral.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the last tokens of a row have occurred before in it, so that what followed them there can be proposed again: prompt lookup
 * decoding (Saxena, 2023). Runs of {@value #LONG} tokens are looked for first, then of {@value #SHORT}; the latest occurrence counts.
 *
 * <p>It grows with the row and looks at each token once, so a look-up takes the same time however long the row is. What occurred
 * too long ago is forgotten. Owned by the engine thread.
 */
final class DraftIndex {

	static final int SHORT = 2;

	static final int LONG = 3;

	/** Further back two occurrences are not compared. */
	static final int MOST_MATCHED = 16;

	/** Most positions that are remembered: 1 MiB of memory. */
	private static final int MOST_POSITIONS = 1 << 16;

	private final int mostPositions;

	private final Runs longRuns = new Runs(LONG);

	private final Runs shortRuns = new Runs(SHORT);

	/** Runs that end before this position were forgotten. */
	private int first;

	/** Runs that end before this position were added. */
	private int next;

	DraftIndex() {
		this(MOST_POSITIONS);
	}

	/** @param mostPositions when so many are remembered, the older half is forgotten */
	DraftIndex(int mostPositions) {
		this.mostPositions = mostPositions;
	}

	/**
	 * What may follow these tokens.
	 *
	 * @param tokens those of the calls before, and what was appended since
	 * @param length how many of them count
	 * @param most tokens that are wanted
	 * @return so many tokens, or none; where the earlier occurrence reaches the end of the row, they repeat
	 */
	Draft propose(int[] tokens, int length, int most) {
		// The last token's runs are not added yet: nothing has followed them.
		for (; next < length - 1; next++) {
			if (next - first == mostPositions) {
				forgetOlderHalf(tokens);
			}
			add(tokens, next);
		}
		int end = longRuns.find(tokens, length - 1);
		if (end < 0) {
			end = shortRuns.find(tokens, length - 1);
		}
		return end < 0 || most <= 0 ? Draft.NONE : draft(tokens, length, end, most);
	}

	private void add(int[] tokens, int end) {
		longRuns.add(tokens, end);
		shortRuns.add(tokens, end);
	}

	private void forgetOlderHalf(int[] tokens) {
		first = next - mostPositions / 2;
		longRuns.clear();
		shortRuns.clear();
		for (int end = first; end < next; end++) {
			add(tokens, end);
		}
	}

	private static Draft draft(int[] tokens, int length, int end, int most) {
		var draft = new ArrayList<Integer>(most);
		for (int i = 0; i < most; i++) {
			int position = end + 1 + i;
			draft.add(position < length ? tokens[position] : draft.get(position - length));
		}
		int matched = 0;
		while (matched < MOST_MATCHED && matched <= end && tokens[end - matched] == tokens[length - 1 - matched]) {
			matched++;
		}
		return new Draft(draft, matched);
	}

	/**
	 * Tokens that may come next.
	 *
	 * @param tokens empty if nothing is known
	 * @param matched how many tokens before them are the same in both places, as far as that was compared
	 */
	record Draft(List<Integer> tokens, int matched) {

		static final Draft NONE = new Draft(List.of(), 0);

	}

	/** The last position of each run of a certain length: a hash table with open addressing, whose keys are in the row. */
	private static final class Runs {

		private final int run;

		/** Positions plus 1, 0 for none; the length is a power of 2, and at most half of it is taken. */
		private int[] ends = new int[64];

		private int taken;

		Runs(int run) {
			this.run = run;
		}

		void add(int[] tokens, int end) {
			if (end < run - 1) {
				return;
			}
			int cell = cell(tokens, end);
			if (ends[cell] == 0 && ++taken > ends.length / 2) {
				grow(tokens);
				cell = cell(tokens, end);
			}
			ends[cell] = end + 1;
		}

		/** The last position at which the run that ends here ended before, or -1. */
		int find(int[] tokens, int end) {
			return end < run - 1 ? -1 : ends[cell(tokens, end)] - 1;
		}

		void clear() {
			Arrays.fill(ends, 0);
			taken = 0;
		}

		private void grow(int[] tokens) {
			var old = ends;
			ends = new int[2 * old.length];
			for (int end : old) {
				if (end > 0) {
					ends[cell(tokens, end - 1)] = end;
				}
			}
		}

		/** Where this run is, or would be. */
		private int cell(int[] tokens, int end) {
			int hash = 0;
			for (int i = 0; i < run; i++) {
				hash = (hash + tokens[end - i]) * 0x9E3779B1;
				hash ^= hash >>> 15;
			}
			int cell = hash & (ends.length - 1);
			while (ends[cell] != 0 && !same(tokens, ends[cell] - 1, end)) {
				cell = (cell + 1) & (ends.length - 1);
			}
			return cell;
		}

		private boolean same(int[] tokens, int a, int b) {
			for (int i = 0; i < run; i++) {
				if (tokens[a - i] != tokens[b - i]) {
					return false;
				}
			}
			return true;
		}

	}

}
