package dev.corral.llamacpp;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class NoiseTests {

	@Test
	void dependsOnSeedAndPositionAlone() {
		assertThat(Noise.uniform(7, 100)).isEqualTo(Noise.uniform(7, 100))
				.isNotEqualTo(Noise.uniform(8, 100))
				.isNotEqualTo(Noise.uniform(7, 101));
	}

	@Test
	void isUniformAcrossPositionsAndAcrossSeeds() {
		var byPosition = new double[10];
		var bySeed = new double[10];
		for (int i = 0; i < 100_000; i++) {
			byPosition[(int) (Noise.uniform(1, i) * 10)] += 1e-5;
			bySeed[(int) (Noise.uniform(i, 1) * 10)] += 1e-5;
		}

		assertThat(byPosition).containsOnly(new double[]{0.1}, within(0.005));
		assertThat(bySeed).containsOnly(new double[]{0.1}, within(0.005));
	}

	@Test
	void doesNotRepeatOneSeedsNumbersForItsNeighbour() {
		for (int position = 0; position < 1000; position++) {
			assertThat(Noise.uniform(5, position + 1)).isNotEqualTo(Noise.uniform(6, position));
		}
	}

}
