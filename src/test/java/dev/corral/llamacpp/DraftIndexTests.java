package dev.corral.llamacpp;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.corral.llamacpp.DraftIndex.Draft;

import static org.assertj.core.api.Assertions.assertThat;

class DraftIndexTests {

	@Test
	void proposesWhatFollowedTheLatestOccurrence() {
		int[] row = {1, 2, 3, 4, 1, 2, 3, 5, 9, 1, 2, 3};

		assertThat(new DraftIndex().propose(row, row.length, 2)).isEqualTo(new Draft(List.of(5, 9), 3));
	}

	@Test
	void prefersALongMatchToALaterShortOne() {
		int[] row = {1, 2, 3, 4, 9, 2, 3, 5, 9, 1, 2, 3};

		assertThat(new DraftIndex().propose(row, row.length, 1).tokens()).containsExactly(4);
	}

	@Test
	void goesOnRepeatingWhereTheOccurrenceReachesTheEnd() {
		int[] row = {7, 8, 7, 8, 7};

		assertThat(new DraftIndex().propose(row, row.length, 5).tokens()).containsExactly(8, 7, 8, 7, 8);
	}

	@Test
	void proposesNothingForWhatIsNew() {
		int[] row = {1, 2, 3, 4, 5};

		assertThat(new DraftIndex().propose(row, row.length, 4)).isEqualTo(Draft.NONE);
		assertThat(new DraftIndex().propose(row, 1, 4)).isEqualTo(Draft.NONE);
	}

	@ParameterizedTest
	@CsvSource({"1, 3", "2, 8", "3, 40", "4, 2000"})
	void findsWhatALinearSearchFinds(long seed, int vocabulary) {
		var random = new SplittableRandom(seed);
		var row = random.ints(3_000, 0, vocabulary).toArray();
		var index = new DraftIndex();

		for (int length = 1; length <= row.length; length += random.nextInt(1, 20)) {
			int most = random.nextInt(1, 9);
			assertThat(index.propose(row, length, most)).as("seed %d, length %d", seed, length)
					.isEqualTo(naive(row, length, most, 0));
		}
	}

	@Test
	void remembersAtLeastHalfOfItsPositions() {
		var row = new SplittableRandom(5).ints(5_000, 0, 30).toArray();
		var index = new DraftIndex(200);

		for (int length = 1; length <= row.length; length++) {
			var found = index.propose(row, length, 3);
			var within = naive(row, length, 3, length - 100);
			if (!within.tokens().isEmpty() && within.matched() >= DraftIndex.LONG) {
				assertThat(found).isEqualTo(within);
			}
			var within200 = naive(row, length, 3, length - 202);
			if (within200.tokens().isEmpty()) {
				assertThat(found).isEqualTo(Draft.NONE);
			}
		}
	}

	/** Searches backwards, and no further than to where a match ends at this position. */
	private static Draft naive(int[] row, int length, int most, int first) {
		for (int run = DraftIndex.LONG; run >= DraftIndex.SHORT; run--) {
			for (int end = length - 2; end >= Math.max(run - 1, first); end--) {
				if (length >= run
						&& Arrays.equals(row, end - run + 1, end + 1, row, length - run, length)) {
					int last = end;
					int period = length - 1 - end;
					var tokens = IntStream.range(0, most).mapToObj(i -> row[last + 1 + i % period]).toList();
					int matched = run;
					while (matched < DraftIndex.MOST_MATCHED && matched <= end
							&& row[end - matched] == row[length - 1 - matched]) {
						matched++;
					}
					return new Draft(tokens, matched);
				}
			}
		}
		return Draft.NONE;
	}

}
