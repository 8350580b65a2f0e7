package dev.corral.llamacpp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import dev.corral.inference.CacheStatistics;

import static org.assertj.core.api.Assertions.assertThat;

class KvMemoryTierTests {

	private final States states = new States();

	private final KvTiers tiers = tiers(10 * States.BYTES_PER_TOKEN);

	@Test
	void findsTheStateWithTheLongestSharedBeginning() {
		states.put(tiers, "", 1, 2, 3);
		states.put(tiers, "", 1, 2, 4, 5);

		var match = tiers.longest(new int[]{1, 2, 4, 9}, 4, "").orElseThrow();

		assertThat(match.length()).isEqualTo(3);
		assertThat(match.stateTokens()).isEqualTo(4);
		assertThat(match.inMemory()).isTrue();
		assertThat(states.load(match)).contains(new int[]{1, 2, 4, 5});
	}

	@Test
	void findsNoStateOfAnotherTenant() {
		states.put(tiers, "mine", 1, 2, 3);

		assertThat(tiers.longest(new int[]{1, 2, 3}, 3, "yours")).isEmpty();
		assertThat(tiers.longest(new int[]{1, 2, 3}, 3, "mine")).isPresent();
	}

	@Test
	void evictsWhatWasUsedLeastRecentlyUntilTheRestFits() {
		states.put(tiers, "", 1, 1, 1, 1);
		states.put(tiers, "", 2, 2, 2, 2);
		states.load(tiers.longest(new int[]{1}, 1, "").orElseThrow());

		states.put(tiers, "", 3, 3, 3, 3);

		assertThat(has(1)).isTrue();
		assertThat(has(2)).isFalse();
		assertThat(has(3)).isTrue();
		assertThat(tiers.memoryStats().bytes()).isEqualTo(8 * States.BYTES_PER_TOKEN);
		assertThat(tiers.memoryStats().evicted()).isEqualTo(1);
		assertThat(states.open()).hasSize(2);
	}

	@Test
	void replacesAStateByALongerOneOfTheSameTenant() {
		states.put(tiers, "", 1, 2);
		states.put(tiers, "other", 1, 2);

		states.put(tiers, "", 1, 2, 3);

		assertThat(tiers.memoryStats().entries()).isEqualTo(2);
		assertThat(states.open()).hasSize(2);
		assertThat(states.load(tiers.longest(new int[]{1}, 1, "").orElseThrow())).contains(new int[]{1, 2, 3});
	}

	@Test
	void dropsAStateThatALongerOneCovers() {
		states.put(tiers, "", 1, 2, 3);

		states.put(tiers, "", 1, 2);

		assertThat(tiers.memoryStats().entries()).isEqualTo(1);
		assertThat(states.open()).hasSize(1);
	}

	@Test
	void keepsThePayloadOfAnEvictedStateWhileItIsUsed() {
		states.put(tiers, "", 1, 1, 1, 1, 1, 1);
		var match = tiers.longest(new int[]{1}, 1, "").orElseThrow();
		var payload = match.load().join().orElseThrow();
		states.put(tiers, "", 1, 1, 1, 1, 1, 1, 1, 1, 1);

		assertThat(states.tokens(payload)).hasSize(6);
		match.close();

		assertThat(states.open()).hasSize(1);
	}

	@Test
	void leavesTheOthersWhenAStateIsTooLargeForMemory() {
		states.put(tiers, "", 1, 1);

		states.put(tiers, "", 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2);

		assertThat(has(1)).isTrue();
		assertThat(has(2)).isFalse();
		assertThat(states.open()).hasSize(1);
	}

	@Test
	void keepsNothingWithoutMemory() {
		var none = tiers(0);

		states.put(none, "", 1, 2);

		assertThat(none.longest(new int[]{1}, 1, "")).isEmpty();
		assertThat(states.open()).isEmpty();
	}

	@Test
	void answersALoadThatCameTooLateWithNothing() {
		states.put(tiers, "", 1, 1, 1, 1);
		var match = tiers.longest(new int[]{1}, 1, "").orElseThrow();
		states.put(tiers, "", 2, 2, 2, 2, 2, 2, 2, 2, 2);

		assertThat(states.load(match)).isEmpty();
	}

	@Test
	void countsHitsAndMisses() {
		states.put(tiers, "", 1, 2);

		states.load(tiers.longest(new int[]{1}, 1, "").orElseThrow());
		tiers.missed();

		assertThat(tiers.memoryStats()).isEqualTo(
				new CacheStatistics.Tier(1, 2 * States.BYTES_PER_TOKEN, 1, 1, 1, 0, 0, 0));
	}

	@Test
	void freesEverythingWhenClosed() {
		states.put(tiers, "", 1, 2);
		states.put(tiers, "other", 1, 2);

		tiers.close(Duration.ofSeconds(1));

		assertThat(states.open()).isEmpty();
		assertThat(tiers.memoryStats().bytes()).isZero();
	}

	@Test
	void agreesWithAPlainListUnderRandomOperations() {
		long seed = 20261123;
		var random = new SplittableRandom(seed);
		// In order of use, the last one most recently.
		var model = new ArrayList<int[]>();
		var small = tiers(200 * States.BYTES_PER_TOKEN);
		for (int operation = 0; operation < 20_000; operation++) {
			var when = "seed %d, operation %d".formatted(seed, operation);
			int[] tokens = random.ints(random.nextInt(1, 20), 0, 3).toArray();
			if (random.nextInt(3) > 0) {
				states.put(small, "", tokens);
				put(model, tokens, 200);
			} else {
				var match = small.longest(tokens, tokens.length, "");
				int best = model.stream().mapToInt(held -> shared(held, tokens)).max().orElse(0);
				assertThat(match.map(KvMatch::length).orElse(0)).as(when).isEqualTo(best);
				if (best > 0) {
					int[] newest = model.stream().filter(held -> shared(held, tokens) == best).toList().getLast();
					assertThat(states.load(match.orElseThrow())).as(when).contains(newest);
					model.remove(newest);
					model.add(newest);
				}
			}
			assertThat(small.memoryStats().bytes()).as(when)
					.isEqualTo(model.stream().mapToLong(held -> held.length).sum() * States.BYTES_PER_TOKEN);
		}
		small.close(Duration.ofSeconds(1));

		assertThat(states.open()).isEmpty();
	}

	private static void put(List<int[]> model, int[] tokens, int budgetTokens) {
		var covering = model.stream().filter(held -> shared(held, tokens) == tokens.length).toList();
		if (!covering.isEmpty()) {
			model.remove(covering.getLast());
			model.add(covering.getLast());
			return;
		}
		model.removeIf(held -> shared(held, tokens) == held.length);
		model.add(tokens);
		while (model.stream().mapToInt(held -> held.length).sum() > budgetTokens) {
			model.removeFirst();
		}
	}

	private static int shared(int[] a, int[] b) {
		int mismatch = Arrays.mismatch(a, b);
		return mismatch < 0 ? a.length : mismatch;
	}

	private boolean has(int firstToken) {
		return tiers.longest(new int[]{firstToken}, 1, "").isPresent();
	}

	private static KvTiers tiers(long memoryBytes) {
		return new KvTiers(memoryBytes, null, InstantSource.system());
	}

}
