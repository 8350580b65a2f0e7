package dev.corral.routing;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpeedScoreTests {

	@ParameterizedTest
	@CsvSource({"100, 10, 1", "50, 10, 0.75", "50, 5, 0.5", "0, 0, 1", "0, 5, 0.75", "200, 20, 1"})
	void isTheSpeedBesideTheFastest(double prefillRate, double decodeRate, double score) {
		var candidate = Candidates.fast(prefillRate, decodeRate);
		var other = Candidates.fast(100, 10);

		assertThat(new SpeedScore().score(candidate, List.of(candidate, other))).isEqualTo(score);
	}

}
