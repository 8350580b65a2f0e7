package dev.corral.inference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UnitVectorsTests {

	@Test
	void bringsVectorsToLengthOne() {
		assertThat(UnitVectors.normalized(new double[]{3, 0, -4})).containsExactly(0.6f, 0, -0.8f);
	}

	@Test
	void leavesNothingWhereThereIsNoDirection() {
		assertThat(UnitVectors.normalized(new double[]{0, 0})).containsExactly(0, 0);
		assertThat(UnitVectors.normalized(new double[]{Double.NaN, 1})).containsExactly(0, 0);
		assertThat(UnitVectors.normalized(new double[]{Double.POSITIVE_INFINITY, 1})).containsExactly(0, 0);
	}

	@Test
	void shortensToTheFirstDimensions() {
		assertThat(UnitVectors.shortened(new float[]{3, -4, 12}, 2)).containsExactly(0.6f, -0.8f);
	}

}
