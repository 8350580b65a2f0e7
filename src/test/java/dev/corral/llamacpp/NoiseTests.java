package dev.corral.llamacpp;

import org.junit.jupiter.api.Test;

import dev.corral.llamacpp.Noise.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class NoiseTests {

	private static double uniform(long seed, long position) {
		return Noise.uniform(seed, Stream.DRAW, position);
	}

	@Test
	void dependsOnSeedAndPositionAlone() {
		assertThat(uniform(7, 100)).isEqualTo(uniform(7, 100))
				.isNotEqualTo(uniform(8, 100))
				.isNotEqualTo(uniform(7, 101));
	}

	@Test
	void givesIndependentNumbersToDifferentStreams() {
		var joint = new double[4][4];
		for (int i = 0; i < 100_000; i++) {
			int draw = (int) (Noise.uniform(3, Stream.DRAW, i) * 4);
			int xtc = (int) (Noise.uniform(3, Stream.XTC, i) * 4);
			joint[draw][xtc] += 1e-5;
		}

		for (var row : joint) {
			assertThat(row).containsOnly(new double[]{1 / 16.0}, within(0.005));
		}
	}

	@Test
	void isUniformAcrossPositionsAndAcrossSeeds() {
		var byPosition = new double[10];
		var bySeed = new double[10];
		for (int i = 0; i < 100_000; i++) {
			byPosition[(int) (uniform(1, i) * 10)] += 1e-5;
			bySeed[(int) (uniform(i, 1) * 10)] += 1e-5;
		}

		assertThat(byPosition).containsOnly(new double[]{0.1}, within(0.005));
		assertThat(bySeed).containsOnly(new double[]{0.1}, within(0.005));
	}

	@Test
	void doesNotRepeatOneSeedsNumbersForItsNeighbour() {
		for (int position = 0; position < 1000; position++) {
			assertThat(uniform(5, position + 1)).isNotEqualTo(uniform(6, position));
		}
	}

}
