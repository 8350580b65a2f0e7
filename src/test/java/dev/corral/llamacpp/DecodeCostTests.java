package dev.corral.llamacpp;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.corral.llamacpp.DecodePasses.Part;

import static org.assertj.core.api.Assertions.assertThat;

class DecodeCostTests {

	private final DecodeCost cost = new DecodeCost(16);

	@Test
	void interpolatesBetweenKnownNumbersOfTokens() {
		cost.observe(List.of(1), 100);
		cost.observe(List.of(5), 180);

		assertThat(cost.estimate(List.of(3))).isEqualTo(140);
	}

	@Test
	void takesWhatWasNeverSeenToBeProportional() {
		cost.observe(List.of(2), 100);

		assertThat(cost.estimate(List.of(6))).isEqualTo(300);
		assertThat(cost.estimate(List.of(40))).isEqualTo(2_000);
		assertThat(cost.bounds(3)).isFalse();
		assertThat(cost.bounds(2)).isTrue();
	}

	@Test
	void addsUpPassesAndLearnsFromThemByTheirShare() {
		cost.observe(List.of(1), 100);
		cost.observe(List.of(4), 200);
		assertThat(cost.estimate(List.of(1, 4))).isEqualTo(300);

		for (int i = 0; i < 40; i++) {
			cost.observe(List.of(1, 4), 600);
		}

		assertThat(cost.estimate(List.of(1, 4))).isBetween(590.0, 610.0);
	}

	@Test
	void countsACallThatWasHeldUpForLittle() {
		cost.observe(List.of(3), 100);
		cost.observe(List.of(3), 1_000_000);

		assertThat(cost.estimate(List.of(3))).isLessThan(140);
	}

	@Test
	void forgetsWhatWasNotSeenForLong() {
		cost.observe(List.of(8), 1_000);
		for (int i = 0; i < DecodeCost.FORGOTTEN_AFTER; i++) {
			cost.observe(List.of(1), 100);
		}

		assertThat(cost.bounds(8)).isFalse();
		assertThat(cost.estimate(List.of(8))).isBetween(799.0, 801.0);
	}

	@Test
	void takesACallApartAsLlamaCppDoes() {
		var parts = List.of(new Part(2, 5), new Part(0, 5), new Part(1, 1), new Part(4, 2));

		assertThat(new DecodePasses(true).of(parts)).containsExactly(3, 4, 4, 2);
		assertThat(new DecodePasses(false).of(parts)).containsExactly(13);
	}

}
