package dev.corral.llamacpp;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StepCostTests {

	private final StepCost cost = new StepCost();

	@Test
	void guessesSmallWhileNothingIsKnown() {
		assertThat(cost.prefillTokensWithin(1_000_000)).isEqualTo(32);
	}

	@Test
	void fillsWhatDecodingLeavesOfTheTimeWithWholeTiles() {
		cost.observe(4, 0, 10_000);
		cost.observe(4, 100, 10_000 + 100 * 50);

		assertThat(cost.prefillTokensWithin(30_000)).isEqualTo((30_000 - 10_000) / 50 / 64 * 64);
	}

	@Test
	void takesAWholeTileThatIsALittleTooLong() {
		cost.observe(4, 0, 10_000);
		cost.observe(0, 64, 64 * 1_000);

		assertThat(cost.prefillTokensWithin(10_000 + 45_000)).isEqualTo(64);
	}

	@Test
	void fillsTheTimeWithSingleTokensWhereAWholeTileIsFarTooLong() {
		cost.observe(4, 0, 10_000);
		cost.observe(0, 64, 64 * 1_000);
		cost.observe(0, 20, 20 * 2_000);

		assertThat(cost.prefillTokensWithin(10_000 + 40_000)).isEqualTo(20);
	}

	@Test
	void followsACostThatChanges() {
		cost.observe(1, 0, 10_000);
		cost.observe(1, 100, 10_000 + 100 * 50);
		for (int step = 0; step < 20; step++) {
			cost.observe(1, 100, 10_000 + 100 * 200);
		}

		assertThat(cost.prefillTokensWithin(74_000)).isEqualTo(320);
	}

	@Test
	void doesNotMistakeAShortPrefillForADearOne() {
		cost.observe(0, 100, 100 * 50);
		cost.observe(0, 1, 4_000);

		assertThat(cost.prefillTokensWithin(10_000)).isEqualTo(192);
	}

	@Test
	void recoversFromAStepThatSomethingElseHeldUp() {
		cost.observe(1, 0, 10_000);
		cost.observe(1, 100, 50_000_000);
		assertThat(cost.prefillTokensWithin(30_000)).isEqualTo(8);

		for (int step = 0; step < 60; step++) {
			int tokens = cost.prefillTokensWithin(30_000);
			cost.observe(1, tokens, 10_000 + tokens * 50L);
		}

		assertThat(cost.prefillTokensWithin(30_000)).isEqualTo(384);
	}

	@Test
	void letsPrefillGoOnWhereDecodingAloneTakesTooLong() {
		cost.observe(1, 0, 80_000);
		cost.observe(1, 100, 80_000 + 100 * 50);

		assertThat(cost.prefillTokensWithin(20_000)).isEqualTo(80_000 / 2 / 50 / 64 * 64);
	}

	@Test
	void computesAWholeTileAgainWhereThatIsCheaperThanTheRest() {
		cost.observe(0, 640, 640 * 100);
		cost.observe(0, 20, 20 * 250);

		assertThat(cost.worthReusing(970, 1000)).isEqualTo(936);
		assertThat(cost.worthReusing(980, 1000)).isEqualTo(980);
		assertThat(cost.worthReusing(900, 1000)).isEqualTo(900);
		assertThat(cost.worthReusing(20, 50)).isEqualTo(20);
	}

	@Test
	void computesWhatDoesNotFillATileFirst() {
		assertThat(StepCost.nextChunk(2400, 64)).isEqualTo(2400 % 64);
		assertThat(StepCost.nextChunk(2400, 512)).isEqualTo(2400 % 64 + 448);
		assertThat(StepCost.nextChunk(2368, 200)).isEqualTo(192);
		assertThat(StepCost.nextChunk(100, 512)).isEqualTo(100);
		assertThat(StepCost.nextChunk(100, 20)).isEqualTo(20);
	}

}
