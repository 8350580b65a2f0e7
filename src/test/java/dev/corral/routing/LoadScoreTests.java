package dev.corral.routing;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoadScoreTests {

	@ParameterizedTest
	@CsvSource({"0, 4, 1", "1, 4, 0.75", "4, 4, 0", "9, 4, 0"})
	void isTheShareOfTheSequencesThatAreFree(int busy, int sequences, double score) {
		var candidate = Candidates.busy("a", busy, sequences);

		assertThat(new LoadScore().score(candidate, List.of(candidate))).isEqualTo(score);
	}

}
