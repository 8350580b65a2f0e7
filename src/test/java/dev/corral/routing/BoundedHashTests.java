package dev.corral.routing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedHashTests {

	private static final List<Candidate> IDLE = List.of(Candidates.busy("a", 0, 4), Candidates.busy("b", 0, 4),
			Candidates.busy("c", 0, 4));

	@Test
	void spreadsKeysEvenly() {
		var keys = LongStream.range(0, 3000).boxed()
				.collect(Collectors.groupingBy(key -> chosen(key, IDLE), Collectors.counting()));

		assertThat(keys.values()).hasSize(3).allSatisfy(count -> assertThat(count).isBetween(900L, 1100L));
	}

	@Test
	void movesOnlyTheKeysOfAReplicaThatHasGone() {
		for (long key = 0; key < 300; key++) {
			var before = chosen(key, IDLE);

			var after = chosen(key, IDLE.subList(0, 2));

			assertThat(after).isEqualTo(before.equals("c") ? after : before);
		}
	}

	@Test
	void passesByAReplicaThatHasMoreThanItsShare() {
		var busy = List.of(Candidates.busy("a", 5, 4), Candidates.busy("b", 4, 4), Candidates.busy("c", 0, 4));

		// ceil(1.25 × 10 / 3) = 5
		assertThat(LongStream.range(0, 300).mapToObj(key -> chosen(key, busy)).distinct())
				.containsExactlyInAnyOrder("b", "c");
	}

	private static String chosen(long key, List<Candidate> candidates) {
		return BoundedHash.choose(key * 0x9E3779B97F4A7C15L, candidates).replica().name();
	}

}
