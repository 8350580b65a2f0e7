package dev.corral.llamacpp;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

class ExponentialTests {

	@Test
	void isCloseToTheExact() {
		var random = new SplittableRandom(3);
		for (int i = 0; i < 100_000; i++) {
			double x = -random.nextDouble(0, i % 2 == 0 ? 2 : 690);

			assertThat(Exponential.exp(x)).isCloseTo(Math.exp(x), withinPercentage(1e-6));
		}
	}

	@Test
	void isOneAtZeroAndNothingFarBelow() {
		assertThat(Exponential.exp(0)).isEqualTo(1);
		assertThat(Exponential.exp(-1e9)).isZero();
		assertThat(Exponential.exp(Double.NEGATIVE_INFINITY)).isZero();
	}

}
